import { z } from "zod";
import { count, epochMs, head, price, underlying } from "./_fields.ts";
import { whole } from "../_query.ts";
import { defineStream } from "./stream.ts";

/** Open, high, low and close of a window; a correction comes again with the same id. */
export const Candle = z.object({
  ...head,
  id: z.string(),
  ts: epochMs.describe("Window start, epoch ms"),
  underlying_id: underlying,
  interval_ms: z.int().positive(),
  open: price,
  high: price,
  low: price,
  close: price,
  volume: count.describe("Shares"),
  off_exchange_volume: count.describe("Shares of volume printed off exchange"),
  trade_count: count,
}).meta({ id: "Candle" });

/** Candles, which are read by range. */
export const CANDLES = defineStream({
  name: "candles",
  title: "candles",
  type: "equity-candle",
  record: Candle,
  bucketMs: 300_000,
  // The longest candle carries the time of its start.
  lateMs: 3_600_000,
  query: {
    interval_ms: whole(1_000, 86_400_000).optional().describe("Candles of this length, ms"),
  },
  live: {},
  tests: ({ interval_ms: wanted }) =>
    wanted === undefined ? [] : [(row) => row.interval_ms === wanted],
  channels: { "equity-candles": { snapshot: 500, hot: false, staleAfterMs: null } },
  paths: {
    current: "/candles/equities",
    history: null,
    replay: "equity-candles",
    ws: "equity-candles",
  },
  example: {
    source_ts: 1_768_400_940_000,
    ingest_ts: 1_768_401_002_000,
    seq: 5_210,
    trace_id: "candle:NVDA:60000:1768400940000",
    id: "candle:NVDA:60000:1768400940000",
    ts: 1_768_400_940_000,
    underlying_id: "NVDA",
    interval_ms: 60_000,
    open: 140.31,
    high: 140.6,
    low: 140.28,
    close: 140.52,
    volume: 48_200,
    off_exchange_volume: 19_100,
    trade_count: 161,
  },
});
