import { z } from "zod";
import { exampleHead, TS } from "./_examples.ts";
import { head, quote, ts, underlying } from "./_fields.ts";
import { defineStream } from "./stream.ts";

/** A best bid and offer of a stock or ETF; sizes in shares. */
const EquityQuote = z.object({ ...head, ts, underlying_id: underlying, ...quote })
  .meta({ id: "EquityQuote" });

/** Quotes of stocks and ETFs. */
export const EQUITY_QUOTES = defineStream({
  name: "equity-quotes",
  title: "equity quotes",
  type: "equity-quote",
  record: EquityQuote,
  bucketMs: 10_000,
  lateMs: 0,
  query: {},
  live: {},
  tests: () => [],
  channels: { "equity-quotes": { snapshot: 500, hot: true, staleAfterMs: 15_000 } },
  paths: {
    current: "/quotes/equities",
    history: "equity-quotes",
    replay: "equity-quotes",
    ws: "equity-quotes",
  },
  example: {
    ...exampleHead("syn-eq-202601140-1hc", 98_304),
    ts: TS,
    underlying_id: "NVDA",
    bid: 140.51,
    ask: 140.53,
    bidSize: 400,
    askSize: 700,
  },
});
