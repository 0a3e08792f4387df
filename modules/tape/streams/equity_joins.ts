import { z } from "zod";
import { exampleHead } from "./_examples.ts";
import { featureValues, head, qualities } from "./_fields.ts";
import { defineStream } from "./stream.ts";

/** An equity print with the quote that stood when it happened. */
export const EquityJoin = z.object({
  ...head,
  id: z.string(),
  print_trace_id: z.string(),
  quote_trace_id: z.string().nullable(),
  features: featureValues,
  join_quality: qualities,
}).meta({ id: "EquityJoin" });

/** Equity prints with their quotes. */
export const EQUITY_JOINS = defineStream({
  name: "equity-joins",
  title: "equity prints joined to quotes",
  type: "equity-join",
  record: EquityJoin,
  bucketMs: 10_000,
  lateMs: 30_000,
  query: {},
  live: {},
  tests: () => [],
  channels: { "equity-joins": { snapshot: 500, hot: true, staleAfterMs: 15_000 } },
  paths: {
    current: "/joins/equities",
    history: "equity-joins",
    replay: "equity-joins",
    ws: "equity-joins",
  },
  example: {
    ...exampleHead("equityjoin:syn-ep-202601140-1hc", 8_120),
    id: "equityjoin:syn-ep-202601140-1hc",
    print_trace_id: "syn-ep-202601140-1hc",
    quote_trace_id: "syn-eq-202601140-1hb",
    features: { underlying_id: "NVDA", price: 140.52, size: 300, off_exchange_flag: true },
    join_quality: { quote_age_ms: 105, quote_missing: 0, quote_stale: 0 },
  },
});
