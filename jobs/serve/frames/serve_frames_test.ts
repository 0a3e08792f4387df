import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createLogger, type Served, type Socket } from "../../kit/mod.ts";
import { StreamReader } from "../../testing/stream_reader.ts";
import { type FrameHost, serveFrames } from "./serve_frames.ts";

/** Serves streams with `attach` for as long as `fn` runs. */
async function withHost(
  attach: FrameHost["attach"],
  fn: (url: string, lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const log = createLogger("terminal", {
    level: "info",
    human: false,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    let served: Served | undefined;
    socket.onopen = () => {
      served = serveFrames(socket, new URL(request.url).searchParams, { log, attach });
    };
    socket.onclose = () => served?.end();
    return response;
  });
  try {
    await fn(`ws://127.0.0.1:${server.addr.port}/`, lines);
  } finally {
    await server.shutdown();
  }
}

Deno.test("serveFrames() tells a client nothing of an inner failure, and the log all", async () => {
  const attach = () => Promise.reject(new Error("secret inner detail"));
  await withHost(attach, async (url, lines) => {
    const reader = new StreamReader(url);
    deepStrictEqual(await reader.next(), { type: "error", message: "The stream failed" });
    deepStrictEqual(await reader.closed(), [1011, "The stream failed"]);
    ok(lines.some((line) => line.includes("stream_failed") && line.includes("secret inner")));
  });
});

Deno.test("serveFrames() frees a client that left while it was being attached", async () => {
  const arrived = Promise.withResolvers<Socket>();
  const attached = Promise.withResolvers<() => void>();
  const freed = Promise.withResolvers<string>();
  const attach = (socket: Socket) => {
    arrived.resolve(socket);
    return attached.promise;
  };
  await withHost(attach, async (url) => {
    const reader = new StreamReader(url);
    const socket = await arrived.promise;
    await reader.close();
    attached.resolve(() => freed.resolve("freed"));
    strictEqual(await freed.promise, "freed");
    ok(socket.readyState >= WebSocket.CLOSING);
  });
});
