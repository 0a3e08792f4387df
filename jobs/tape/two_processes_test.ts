import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { isRaw, RAW_STREAMS, type StreamName } from "../../engine/frames/streams/mod.ts";
import { DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import { type AnyRecord, type Cursor, STREAMS } from "../../modules/tape/mod.ts";
import { LiveReader } from "../testing/live_rig.ts";
import { withTempDir } from "../testing/market_files.ts";
import { type NatsServer, natsTest } from "../testing/nats_server.ts";
import { PATIENCE_MS } from "../testing/patience.ts";
import { recordedFeed } from "../testing/quiet_server.ts";
import { made, SHORT_CANDLES } from "../testing/served_market.ts";
import { ServerProcess } from "../testing/server.ts";

const TOKEN = "token-of-two-processes-0123456789";

/** Tape compared after the write is in force, at least, ms. */
const COMPARED_MS = 2_000;

async function start(
  dataDir: string,
  nats: NatsServer,
  backfillMinutes: number,
): Promise<ServerProcess> {
  return await ServerProcess.start({
    ...await recordedFeed(dataDir),
    ...SHORT_CANDLES,
    LOTUS_DATA_DIR: dataDir,
    NATS_URL: nats.url,
    SYNTHETIC_CONTROL_ENABLED: "1",
    SYNTHETIC_ADMIN_TOKEN: TOKEN,
    // The test looks again until something has come true.
    API_RATE_LIMIT_REST: "0",
    SYNTHETIC_BACKFILL_MINUTES: String(backfillMinutes),
  });
}

async function control(server: ServerProcess, change: object | null = null) {
  const response = await fetch(`${server.url}/admin/synthetic/control`, {
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    ...(change !== null && {
      method: "PUT",
      body: JSON.stringify({ ...DEFAULT_CONTROL, ...change }),
    }),
  });
  return { status: response.status, body: await response.json() };
}

async function until(isDone: () => Promise<boolean>, withinMs: number): Promise<void> {
  const startMs = performance.now();
  while (!await isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    ok(performance.now() - startMs < withinMs, `not within ${withinMs} ms`);
  }
}

/** Waits until a process has published a row of a stream at or after `tsMs`. @returns Its time. */
async function reached(server: ServerProcess, stream: StreamName, tsMs: number): Promise<number> {
  const reader = await LiveReader.ready(`${server.wsUrl}/ws/live`);
  reader.send({ op: "subscribe", subscriptions: [{ channel: stream, snapshot_limit: 1 }] });
  let reachedMs = -Infinity;
  await reader.until(({ watermark }) => {
    if (watermark instanceof Object) reachedMs = Number(Reflect.get(watermark, "ts"));
    return reachedMs >= tsMs;
  });
  await reader.close();
  return reachedMs;
}

/**
 * Waits for the stretch that is compared. One in 150 times nobody prints an option in two seconds: the
 * stretch goes on until every raw stream has a row after the write.
 *
 * @returns Its end; both processes have published what lies before.
 */
async function compared(a: ServerProcess, b: ServerProcess, fromMs: number): Promise<number> {
  const firstMs = await Promise.all(RAW_STREAMS.map((stream) => reached(a, stream, fromMs)));
  const untilMs = Math.max(fromMs + COMPARED_MS, ...firstMs.map((ms) => ms + 1));
  // Quotes of equities never pause for a third of a second.
  for (const server of [a, b]) await reached(server, "equity-quotes", untilMs);
  return untilMs;
}

/** Rows of a stream with `fromMs <= ts` that went out before `untilMs`, oldest first. */
async function rowsOf(
  server: ServerProcess,
  stream: StreamName,
  [fromMs, untilMs]: readonly [number, number],
): Promise<AnyRecord[]> {
  const rows: AnyRecord[] = [];
  let after: Cursor | null = { ts: fromMs - 1, seq: Number.MAX_SAFE_INTEGER };
  while (after !== null) {
    const query: string = `after_ts=${after.ts}&after_seq=${after.seq}&limit=1000`;
    const response = await fetch(
      `${server.url}/replay/${STREAMS.of(stream).paths.replay}?${query}`,
    );
    strictEqual(response.status, 200);
    const page: { data: AnyRecord[]; next: Cursor | null } = await response.json();
    rows.push(...page.data);
    after = (page.data.at(-1)?.source_ts ?? untilMs) < untilMs ? page.next : null;
  }
  return rows.filter((row) => row.ingest_ts < untilMs);
}

function sha256(rows: readonly unknown[]): string {
  return createHash("sha256").update(rows.map((row) => JSON.stringify(row)).join("\n"))
    .digest("hex");
}

natsTest(
  "two processes on one NATS emit the same bytes, over writes and an outage of NATS",
  async (nats) => {
    await withTempDir((dataA) =>
      withTempDir(async (dataB) => {
        // Their pipelines begin at different times: what they send must not hang on that.
        const servers = await Promise.all([start(dataA, nats, 0), start(dataB, nats, 1)]);
        try {
          await sameTape(nats, ...servers);
        } finally {
          await Promise.all(servers.map((server) => server.kill()));
        }
      })
    );
  },
);

async function sameTape(nats: NatsServer, a: ServerProcess, b: ServerProcess): Promise<void> {
  const [first, same] = [await control(a), await control(b)];
  deepStrictEqual([first.body.revision, same.body], [1, first.body], "created once by two boots");
  await Promise.all([a, b].map(made));
  const fromMs = Math.ceil(Date.now() / 1_000) * 1_000;
  // Two writes that come into force in the same second: the second one counts, in both processes.
  await control(a, { preset_id: "event_day", shared_seed: 77 });
  const firstAt = await writes(a, b, { preset_id: "retail_chase" }, 3);
  await outage(nats, a, b);
  const lastAt = await writes(b, a, { preset_id: "dealer_day" }, 4);
  const activateAt = Math.max(firstAt, lastAt);
  await sameRows(a, b, [fromMs, await compared(a, b, activateAt)], activateAt);
  const inForce = await Promise.all([a, b].map(async (s) => (await engine(s)).revision_in_force));
  deepStrictEqual(inForce, [4, 4]);
}

/**
 * Writes through one process and sees it in the other; how soon it is there, control/nats_service_test says.
 *
 * @returns When the write comes into force.
 */
async function writes(
  through: ServerProcess,
  other: ServerProcess,
  change: object,
  revision: number,
): Promise<number> {
  let written = await control(through, change);
  // Just after an outage a write may still be refused; one that was not confirmed may be repeated.
  await until(async () => {
    if (written.status !== 503) return true;
    written = await control(through, change);
    return false;
  }, PATIENCE_MS);
  deepStrictEqual([written.status, written.body.revision], [200, revision]);
  await until(async () => (await control(other)).body.revision === revision, PATIENCE_MS);
  return Number(written.body.activate_at);
}

/** NATS goes away and comes back: writes are refused meanwhile, the tapes go on, nobody restarts. */
async function outage(nats: NatsServer, ...servers: ServerProcess[]): Promise<void> {
  await nats.kill();
  for (const server of servers) {
    const { status, body } = await control(server, { preset_id: "event_day" });
    deepStrictEqual([status, body.error], [503, "the control store is unavailable"]);
    strictEqual((await control(server)).body.revision, 3, "reads give the last state");
  }
  for (const server of servers) {
    await until(() => Promise.resolve(server.log.includes("control_store_away")), PATIENCE_MS);
  }
  await nats.restart();
  for (const server of servers) {
    await until(async () => (await engine(server)).control_watch_age_ms < 1_000, PATIENCE_MS);
  }
}

async function engine(server: ServerProcess) {
  const response = await fetch(`${server.url}/admin/synthetic/status`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return (await response.json()).engine;
}

async function sameRows(
  a: ServerProcess,
  b: ServerProcess,
  window: readonly [number, number],
  activateAt: number,
): Promise<void> {
  for (const stream of STREAMS.names) {
    const ours = await rowsOf(a, stream, window);
    const theirs = await rowsOf(b, stream, window);
    const isBusy = isRaw(stream) || stream === "equity-joins" || stream === "flow";
    if (isBusy) ok(ours.some((row) => row.ingest_ts >= activateAt), `${stream} goes on`);
    strictEqual(sha256(theirs), sha256(ours), stream);
  }
}
