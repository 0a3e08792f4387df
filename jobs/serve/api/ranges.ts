import { z } from "zod";
import type { Candle } from "../../../engine/frames/mod.ts";
import {
  Candle as CandleSchema,
  CandleRange,
  EquityPrint,
  EquityRange,
} from "../../../modules/tape/mod.ts";
import { tapeEndpoint } from "./_endpoint.ts";
import { EXAMPLES } from "./examples.ts";

/** Candles in one read; corrections come on top of the candles asked for. */
const CANDLE_SLACK = 200;

/** A correction has the id of the candle it corrects: the later row counts. */
function latestById(rows: readonly Candle[]): readonly Candle[] {
  const latest = new Map<string, Candle>();
  for (const row of rows) {
    const before = latest.get(row.id);
    if (before === undefined || row.seq > before.seq) latest.set(row.id, row);
  }
  return [...latest.values()];
}

/** Candles of one symbol and length. */
export const CANDLE_RANGE = tapeEndpoint({
  method: "GET",
  path: "/candles/equities",
  tag: "current",
  summary: "Candles of a symbol",
  description: "Newest first; each window once, as corrected last.",
  access: "all",
  limit: "rest",
  query: CandleRange,
  response: z.object({ data: z.array(CandleSchema) }),
  example: { data: [EXAMPLES.candles] },
  statuses: [503],
  run: async ({ query, state: { tape, guard }, signal }) => {
    const { underlying_id, interval_ms, limit } = query;
    const end = query.end_ts ?? Math.max(guard.nowMs(), tape.latest("candles")?.ts ?? 0);
    const start = query.start_ts ?? end - interval_ms * limit;
    const { rows } = await tape.before("candles", { ts: end, seq: Number.MAX_SAFE_INTEGER }, {
      limit: limit + CANDLE_SLACK,
      sinceTs: start,
      filter: ({ record }) =>
        record.underlying_id === underlying_id && record.interval_ms === interval_ms,
      signal,
    });
    return { data: latestById(rows).slice(0, limit) };
  },
});

/** Equity prints of one symbol in a stretch of time. */
export const EQUITY_RANGE = tapeEndpoint({
  method: "GET",
  path: "/prints/equities/range",
  tag: "current",
  summary: "Equity prints of a symbol in a stretch of time",
  description: "Newest first, from `end_ts` down to `start_ts`, both included.",
  access: "all",
  limit: "rest",
  query: EquityRange,
  response: z.object({ data: z.array(EquityPrint) }),
  example: { data: [EXAMPLES.equities] },
  statuses: [503],
  run: async ({ query, state: { tape }, signal }) => {
    const position = { ts: query.end_ts, seq: Number.MAX_SAFE_INTEGER };
    const { rows } = await tape.before("equities", position, {
      limit: query.limit,
      sinceTs: query.start_ts,
      filter: (row) => row.underlying === query.underlying_id,
      signal,
    });
    return { data: rows };
  },
});
