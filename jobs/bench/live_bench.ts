import { z } from "zod";
import { runClients, untilReady } from "./client_process.ts";
import { MemoryTrack } from "./memory_track.ts";
import type { BenchRow } from "./row.ts";
import { ServerProcess } from "./server_process.ts";
import { STREAMS } from "../../modules/tape/mod.ts";

const SOCKETS = 200;
const IDLE_SECONDS = 5;

/** Longest wait for ten minutes of tape that are read first, at the highest load on a busy machine, ms. */
const READY_MS = 300_000;

/** Growth of memory counts from when the store's window of the newest rows is full, s. */
const FILL_SECONDS = 20;

/** Ten subscriptions as a page with ten panes has them. */
const TEN = [
  { channel: "options", filters: { view: "raw" }, snapshot_limit: 0 },
  { channel: "options", underlying_ids: ["SPY", "NVDA"], snapshot_limit: 0 },
  { channel: "nbbo", underlying_ids: ["SPY", "QQQ", "NVDA", "AAPL"], snapshot_limit: 0 },
  { channel: "equities", underlying_ids: ["SPY", "NVDA"], snapshot_limit: 0 },
  { channel: "equity-quotes", underlying_ids: ["SPY", "NVDA"], snapshot_limit: 0 },
  { channel: "equity-candles", underlying_id: "SPY", interval_ms: 60_000, snapshot_limit: 0 },
  { channel: "flow", snapshot_limit: 0 },
  { channel: "smart-money", snapshot_limit: 0 },
  { channel: "classifier-hits", snapshot_limit: 0 },
  { channel: "alerts", snapshot_limit: 0 },
];

/** Every row of every channel. */
const EVERYTHING = STREAMS.channels.map((channel) => ({
  channel,
  snapshot_limit: 0,
  ...(channel === "options" && { filters: { view: "raw" } }),
  ...(channel === "equity-overlay" && { underlying_id: "SPY" }),
  ...(channel === "equity-candles" && { underlying_id: "SPY", interval_ms: 60_000 }),
}));

const Report = z.strictObject({
  frames: z.number(),
  perSocketPerSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  mostMs: z.number(),
  megabytesPerSecond: z.number(),
  dropped: z.number(),
  closed: z.number(),
});
type Report = z.infer<typeof Report>;

/**
 * 200 sockets with ten subscriptions each on the tape at active load. A row is due at the end of its
 * slice of 100 ms; making, classifying, storing and sending all count into its delay.
 *
 * @param seconds How long the crowd stays.
 */
export async function liveRows(seconds: number): Promise<BenchRow[]> {
  const server = await tapeServer("active");
  try {
    const idle = await sockets(server.url, 1, IDLE_SECONDS, TEN);
    const memory = new MemoryTrack(server);
    const crowd = await memory.during(sockets(server.url, SOCKETS, seconds, TEN));
    const { startMb, endMb, mostMb, growthMb } = memory.summary();
    return [
      {
        name: "live",
        what: `${SOCKETS} sockets of ten subscriptions, delivery of a row, p99`,
        unit: "ms",
        measured: crowd.p99Ms,
        baseline: { what: "one socket, idle", value: idle.p99Ms },
        reach: { bound: "at most", value: 150 },
        note: `active load, ${seconds} s, ${crowd.perSocketPerSecond.toFixed(1)} frames/s each, ` +
          `${crowd.megabytesPerSecond.toFixed(1)} MB/s, p50 ${crowd.p50Ms.toFixed(0)} ms, worst ` +
          `${crowd.mostMs.toFixed(0)} ms, ${crowd.dropped} rows dropped, ${crowd.closed} lost`,
      },
      {
        name: "live",
        what: `memory of the server with ${SOCKETS} sockets, growth over ${seconds} s`,
        unit: "MB",
        measured: growthMb,
        baseline: null,
        reach: { bound: "at most", value: 50 },
        note: `median of the last third less that of the middle third; resident ` +
          `${startMb.toFixed(0)} MB at the start, ${endMb.toFixed(0)} MB at the end, ` +
          `${mostMb.toFixed(0)} MB at most`,
      },
    ];
  } finally {
    await server.stop();
  }
}

/**
 * The tape at twenty times the usual load with one socket that reads every channel.
 *
 * @param seconds How long it is watched.
 */
export async function firehoseRows(seconds: number): Promise<BenchRow[]> {
  const server = await tapeServer("firehose");
  try {
    await new Promise((resolve) => setTimeout(resolve, FILL_SECONDS * 1_000));
    const before = await server.metric("lotus_tape_published_rows_total");
    const memory = new MemoryTrack(server);
    const beginMs = performance.now();
    const reader = await memory.during(sockets(server.url, 1, seconds, EVERYTHING));
    const tookS = (performance.now() - beginMs) / 1_000;
    const rows = (await server.metric("lotus_tape_published_rows_total") - before) / tookS;
    const lagS = await server.metric("lotus_tape_lag_seconds");
    const { startMb, endMb, mostMb, growthMb } = memory.summary();
    return [
      {
        name: "firehose",
        what: "tape at 20 times the load, one reader of every channel, delivery p99",
        unit: "ms",
        measured: reader.p99Ms,
        baseline: null,
        reach: { bound: "at most", value: 1_000 },
        note: `${Math.round(rows)} rows/s stored and sent, ${seconds} s, ` +
          `${reader.megabytesPerSecond.toFixed(1)} MB/s, p50 ${
            reader.p50Ms.toFixed(0)
          } ms, worst ` +
          `${reader.mostMs.toFixed(0)} ms, ${reader.dropped} rows dropped, engine ` +
          `${(lagS * 1_000).toFixed(0)} ms behind at the end`,
      },
      {
        name: "firehose",
        what: `memory of the server at 20 times the load, growth over ${seconds} s`,
        unit: "MB",
        measured: growthMb,
        baseline: null,
        reach: { bound: "at most", value: 0.05 * startMb },
        note: `a twentieth of the start is the bar; resident ${startMb.toFixed(0)} MB after ` +
          `${FILL_SECONDS} s, ${endMb.toFixed(0)} MB at the end, ${mostMb.toFixed(0)} MB at most`,
      },
    ];
  } finally {
    await server.stop();
  }
}

async function tapeServer(load: "active" | "firehose"): Promise<ServerProcess> {
  const server = await ServerProcess.start({
    SYNTHETIC_LOAD: load,
    SYNTHETIC_BACKFILL_MINUTES: "0",
    SYNTHETIC_CLOCK: "loop",
    // Each socket says that it comes from an address of its own.
    API_TRUSTED_PROXIES: "127.0.0.1",
    API_RATE_LIMIT_WS: "0",
  });
  try {
    await untilReady(`${server.url}/ready`, READY_MS);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function sockets(
  url: string,
  count: number,
  seconds: number,
  subscriptions: readonly object[],
): Promise<Report> {
  const address = `${url.replace("http", "ws")}/ws/live`;
  const args = [address, `${count}`, `${seconds}`, JSON.stringify(subscriptions)];
  return runClients("_live_clients.ts", args, seconds, Report);
}
