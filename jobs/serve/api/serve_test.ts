import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type Config, loadConfig } from "../../../config.ts";
import { StoredRow, storedRows, TapeStore } from "../../../modules/tape/mod.ts";
import { createLogger, Readiness } from "../../kit/mod.ts";
import { sampleTape } from "../../testing/tape_records.ts";
import { ErrorBody, serve, serveByName } from "../../kit/http/mod.ts";
import { createGuard } from "../create_guard.ts";
import { READY } from "../endpoints/mod.ts";
import { explainError } from "../explain_error.ts";
import type { State } from "../state.ts";
import { currentOf, HISTORY, REPLAY } from "./pages.ts";
import { PACKET_BY_ID } from "./lookups.ts";

const START_MS = 1_768_401_000_000;

interface Desk {
  readonly url: string;
  readonly state: State;
  readonly store: TapeStore;
  readonly log: string[];
  nowMs: number;
}

interface Setup {
  readonly env?: Readonly<Record<string, string>>;
  readonly openKv?: (path: string) => Promise<Deno.Kv>;
}

/** Serves a few endpoints over a real store and socket. */
async function withDesk(setup: Setup, fn: (desk: Desk) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "tape.sqlite");
  const openKv = () => (setup.openKv ?? Deno.openKv)(path);
  const store = await TapeStore.open({ openKv, windowRows: 10 });
  await store.append(storedRows(sampleTape(60, 700)));
  const config: Config = loadConfig((name) => setup.env?.[name]);
  const log: string[] = [];
  const logger = createLogger("test", {
    level: "debug",
    human: false,
    now: () => new Date(0),
    write: (line) => log.push(line),
  });
  const desk = { url: "", store, log, nowMs: START_MS, state: null as State | null };
  const strangers = { hasPassphrase: true, identify: () => null, hasCsrfToken: () => false };
  // Of all that a request's state carries, these endpoints use no more.
  const state = {
    guard: createGuard(config, strangers, logger, () => desk.nowMs),
    explain: explainError,
    tape: store,
    readiness: new Readiness(logger),
  } as unknown as State;
  const routes: readonly [URLPattern, ReturnType<typeof serve<State>>][] = [
    [new URLPattern({ pathname: "/flow/smart-money" }), serve(currentOf("smart-money"))],
    [new URLPattern({ pathname: "/flow/packets/:id" }), serve(PACKET_BY_ID)],
    [new URLPattern({ pathname: "/history/:stream" }), serveByName("stream", HISTORY)],
    [new URLPattern({ pathname: "/replay/:stream" }), serveByName("stream", REPLAY)],
    [new URLPattern({ pathname: "/ready" }), serve(READY)],
  ];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (req, info) => {
    const url = new URL(req.url);
    for (const [pattern, handler] of routes) {
      const match = pattern.exec(url);
      if (match === null) continue;
      const params = match.pathname.groups as Record<string, string>;
      const upgrade = () => Deno.upgradeWebSocket(req);
      return handler({ req, url, params, info, state, upgrade });
    }
    return new Response(null, { status: 404 });
  });
  try {
    await fn(Object.assign(desk, { state, url: `http://127.0.0.1:${server.addr.port}` }));
  } finally {
    await server.shutdown();
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function status(url: string, headers: HeadersInit = {}): Promise<number> {
  const response = await fetch(url, { headers });
  await response.body?.cancel();
  return response.status;
}

Deno.test("serve() counts requests per client and minute, and says when to come again", async () => {
  await withDesk(
    { env: { API_RATE_LIMIT_REST: "3", API_RATE_LIMIT_LOOKUP: "1" } },
    async (desk) => {
      const path = `${desk.url}/flow/smart-money?limit=1`;
      desk.nowMs = START_MS + 12_000;
      for (let i = 0; i < 3; i++) strictEqual(await status(path), 200);
      const limited = await fetch(path);
      strictEqual(limited.status, 429);
      strictEqual(limited.headers.get("retry-after"), "48");
      const body = ErrorBody.parse(await limited.json());
      deepStrictEqual([body.code, body.retry_after_ms], ["rate_limited", 48_000]);
      strictEqual(await status(`${desk.url}/history/flow?before_ts=9`), 429, "whatever is asked");
      const lookup = `${desk.url}/flow/packets/x`;
      strictEqual(await status(lookup), 404, "lookups have a count of their own");
      strictEqual(await status(lookup), 429);
      desk.nowMs = START_MS + 60_000;
      strictEqual(await status(path), 200);
    },
  );
});

Deno.test("serve() believes X-Forwarded-For only of a trusted proxy, and from its right end", async () => {
  const limited = { API_RATE_LIMIT_REST: "2" };
  const count = async (desk: Desk, forwarded: readonly string[]) => {
    const seen: number[] = [];
    for (const hops of forwarded) {
      seen.push(await status(`${desk.url}/flow/smart-money?limit=1`, { "x-forwarded-for": hops }));
    }
    return seen;
  };
  const forged = ["1.1.1.1", "2.2.2.2", "3.3.3.3"];
  await withDesk({ env: limited }, async (desk) => {
    deepStrictEqual(await count(desk, forged), [200, 200, 429]);
  });
  const behind = { ...limited, API_TRUSTED_PROXIES: "127.0.0.1,10.0.0.2" };
  await withDesk({ env: behind }, async (desk) => {
    deepStrictEqual(await count(desk, forged), [200, 200, 200]);
    const client = ["9.9.9.1, 8.8.8.8", "9.9.9.2, 8.8.8.8, 10.0.0.2", "9.9.9.3,8.8.8.8"];
    deepStrictEqual(await count(desk, client), [200, 200, 429], "what the client wrote is no name");
    const network = ["2001:db8::1", "2001:db8:0:0:7::2", "2001:0db8::3"];
    deepStrictEqual(await count(desk, network), [200, 200, 429], "a /64 is one client");
  });
});

Deno.test("serve() answers 503 while storage is away, and goes on when it is back", async () => {
  const handles: Deno.Kv[] = [];
  let away = false;
  const openKv = async (path: string) => {
    if (away) throw new Deno.errors.ConnectionRefused("connection refused to db.internal");
    const kv = await Deno.openKv(path);
    handles.push(kv);
    return kv;
  };
  await withDesk({ openKv }, async (desk) => {
    desk.state.readiness.add("store", async () => {
      await desk.store.probe();
      return { ok: true, detail: "answers" };
    });
    const older = `${desk.url}/history/flow?before_ts=${Number.MAX_SAFE_INTEGER}&before_seq=0`;
    strictEqual(await status(older), 200);
    strictEqual(await status(`${desk.url}/ready`), 200);
    away = true;
    for (const kv of handles) kv.close();
    strictEqual(await status(older), 503, "the handle broke");
    const response = await fetch(older);
    const text = await response.text();
    strictEqual(response.status, 503);
    strictEqual(ErrorBody.parse(JSON.parse(text)).code, "storage_unavailable");
    ok(!/refused|internal/.test(text), text);
    ok(desk.log.some((line) => /connection refused/i.test(line)), "the log says why");
    strictEqual(response.headers.get("retry-after"), "1");
    strictEqual(await status(`${desk.url}/ready`), 503);
    strictEqual(await status(`${desk.url}/flow/smart-money?limit=5`), 200, "from memory");
    away = false;
    strictEqual(await status(older), 200);
    strictEqual(await status(`${desk.url}/ready`), 200);
  });
});

Deno.test("serve() tells an error of its own without what is inside", async () => {
  await withDesk({}, async (desk) => {
    const broken = serve({
      ...currentOf("flow"),
      run: () => Promise.reject(new Error("secret of the house")),
    });
    const req = new Request(`${desk.url}/flow/packets`);
    const response = await broken({
      req,
      url: new URL(req.url),
      params: {},
      info: {
        remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
        completed: Promise.resolve(),
      },
      state: desk.state,
      upgrade: () => Deno.upgradeWebSocket(req),
    });
    const text = await response.text();
    strictEqual(response.status, 500);
    ok(!text.includes("secret"), text);
    ok(desk.log.some((line) => line.includes("secret of the house")));
  });
});

Deno.test("history, replay and newest rows are the very texts that are stored, and gaps are told", async () => {
  await withDesk({}, async ({ url, store }) => {
    const ts = START_MS + 900_000;
    // No serialiser would write it so.
    const json = `{"source_ts": ${ts}, "seq":7,"trace_id":"x","underlying_id":"XX","a":1.0}`;
    await store.append([new StoredRow("smart-money", ts, 7, json)]);
    const position = `before_ts=${ts + 1}&before_seq=0&limit=1&underlying_id=XX`;
    const text = async (path: string) => await (await fetch(`${url}${path}`)).text();
    strictEqual(
      await text(`/history/smart-money?${position}`),
      `{"data":[${json}],"next_before":{"ts":${ts},"seq":7}}`,
    );
    strictEqual(
      await text(`/history/smart-money?${position}&format=ndjson`),
      `${json}\n`,
    );
    strictEqual(
      await text(`/replay/smart-money?after_ts=${ts - 1}&limit=9`),
      `{"data":[${json}],"next":null}`,
    );
    strictEqual(await text("/flow/smart-money?limit=1&underlying_id=XX"), `{"data":[${json}]}`);
  });
});

Deno.test("a page that passes over damaged rows says between which times", async () => {
  let path = "";
  const openKv = (at: string) => Deno.openKv(path = at);
  await withDesk({ openKv }, async ({ url, store }) => {
    await store.seal();
    const kv = await Deno.openKv(path);
    for await (const { key } of kv.list({ prefix: ["tape", "chunk", "nbbo"] })) {
      await kv.set(key, new Uint8Array(40));
    }
    kv.close();
    const page = async (stream: string) => {
      const query = `before_ts=${START_MS + 3_600_000}&before_seq=0&limit=100`;
      return await (await fetch(`${url}/history/${stream}?${query}`)).json();
    };
    const { data, gaps } = await page("nbbo");
    ok(data.length < 60, "what memory holds is served");
    deepStrictEqual(gaps[0], { from_ts: START_MS + 10_000, to_ts: START_MS + 19_999 });
    const healthy = await page("equities");
    deepStrictEqual([healthy.data.length, "gaps" in healthy], [60, false]);
    ok(store.stats().damaged > 0);
  });
});
