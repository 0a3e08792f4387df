import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Guard, serve } from "./http/mod.ts";
import { endpointsOf, type GuardState } from "./http/endpoint.ts";
import { createLogger } from "./logger.ts";
import { type Served, SocketHost, type SocketLimits } from "./socket_host.ts";
import type { Socket } from "./socket.ts";
import { StreamReader, StuckReader } from "../testing/stream_reader.ts";

const LIMITS: SocketLimits = {
  perClient: 3,
  total: 4,
  messageChars: 1_024,
  messages: 2,
  windowMs: 10_000,
  idleSeconds: 60,
};

interface Desk {
  readonly host: SocketHost;
  readonly url: string;
  readonly lines: readonly string[];
  nowMs: number;
}

/** Serves every socket with `attach`, for as long as `fn` runs. */
async function withHost(
  attach: (socket: Socket) => Served,
  fn: (desk: Desk) => Promise<void>,
  limits: Partial<SocketLimits> = {},
): Promise<void> {
  const lines: string[] = [];
  const log = createLogger("sockets", {
    level: "debug",
    human: false,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  const guard = new Guard({
    limits: { rest: 0, lookup: 0, ws: 0, write: 0 },
    origins: [],
    proxies: ["127.0.0.1"],
    identity: { hasPassphrase: true, identify: () => null, hasCsrfToken: () => false },
    log,
    nowMs: () => 0,
  });
  const desk = { nowMs: 0, lines, host: null as SocketHost | null, url: "" };
  const host = new SocketHost({
    guard,
    limits: { ...LIMITS, ...limits },
    log,
    nowMs: () => desk.nowMs,
  });
  const handler = serve(
    endpointsOf<GuardState>()({
      method: "GET",
      path: "/",
      tag: "test",
      summary: "A socket",
      access: "all",
      limit: "ws",
      success: 101,
      run: ({ call }) => host.accept(call, attach),
    }),
  );
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (req, info) =>
      handler({
        req,
        url: new URL(req.url),
        params: {},
        info,
        state: { guard, explain: () => null },
        upgrade: (options) => Deno.upgradeWebSocket(req, options),
      }),
  );
  try {
    await fn(Object.assign(desk, { host, url: `ws://127.0.0.1:${server.addr.port}/` }));
  } finally {
    host.stop();
    await server.shutdown();
  }
}

/** Says hello, and repeats what it hears. */
function echo(socket: Socket): Served {
  socket.send('{"type":"hello"}');
  return {
    receive: (text) => socket.send(JSON.stringify({ type: "heard", text })),
    refuse: (reason) => socket.send(JSON.stringify({ type: "refused", reason })),
    end: () => {},
  };
}

Deno.test("SocketHost tells a client that says too much, and serves it again in the next window", async () => {
  await withHost(echo, async (desk) => {
    const reader = new StreamReader(desk.url);
    await reader.next();
    for (const text of ["one", "two", "three"]) reader.send(text);
    deepStrictEqual(await reader.next(), { type: "heard", text: "one" });
    deepStrictEqual(await reader.next(), { type: "heard", text: "two" });
    match(JSON.stringify(await reader.next()), /At most 2 messages in 10 s are served/);
    desk.nowMs = 10_000;
    reader.send("four");
    deepStrictEqual(await reader.next(), { type: "heard", text: "four" });
    await reader.close();
  });
});

Deno.test("SocketHost refuses with 503 when all sockets are taken, whoever asks", async () => {
  await withHost(echo, async ({ host, url }) => {
    const stuck = [];
    for (let i = 0; i < LIMITS.total; i++) {
      stuck.push(await StuckReader.connect(url, `10.0.0.${i}`));
    }
    strictEqual(host.open, LIMITS.total);
    const late = await fetch(url.replace("ws", "http"), {
      headers: { upgrade: "websocket", "x-forwarded-for": "10.0.1.1" },
    });
    deepStrictEqual([late.status, (await late.json()).code, host.refused], [503, "full", 1]);
    for (const reader of stuck) reader.close();
  });
});

Deno.test("SocketHost closes a socket whose service fails with 1011, and no other", async () => {
  const fragile = (socket: Socket): Served => {
    const served = echo(socket);
    return {
      ...served,
      receive: (text) => {
        if (text === "break") throw new Error("inner detail");
        served.receive?.(text);
      },
    };
  };
  await withHost(fragile, async ({ url, lines, host }) => {
    const good = new StreamReader(url);
    const bad = new StreamReader(url);
    await good.next();
    await bad.next();
    bad.send("break");
    deepStrictEqual(await bad.closed(), [1011, "The socket failed"]);
    ok(lines.some((line) => line.includes("inner detail")));
    good.send("still here");
    deepStrictEqual(await good.next(), { type: "heard", text: "still here" });
    host.stop();
    deepStrictEqual(await good.closed(), [1001, "The server is stopping"]);
  });
});

Deno.test("SocketHost closes a reader that answers no ping, and tells its service", async () => {
  const ended = Promise.withResolvers<void>();
  const watched = (socket: Socket): Served => ({ ...echo(socket), end: () => ended.resolve() });
  await withHost(watched, async ({ url }) => {
    const silent = await StuckReader.connect(url);
    strictEqual(await silent.untilClosed(), 1001);
    await ended.promise;
    silent.close();
  }, { idleSeconds: 1 });
});
