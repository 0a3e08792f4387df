import { z } from "zod";
import { exampleHead, TS } from "./_examples.ts";
import { count, head, price, texts, ts, underlying } from "./_fields.ts";
import { flag, list } from "../_query.ts";
import { defineStream } from "./stream.ts";

/** A stock or ETF print; size in shares. */
export const EquityPrint = z.object({
  ...head,
  ts,
  underlying_id: underlying,
  price: price.describe("USD"),
  size: count.describe("Shares"),
  exchange: z.string().describe("FINN, FINC: reported off exchange"),
  offExchangeFlag: z.boolean(),
  conditions: texts.describe(
    "CONTINGENT: depends on another trade; OPENING, CLOSING: all that an auction traded, nobody's side",
  ),
}).meta({ id: "EquityPrint" });

const venue = z.string().regex(/^[A-Za-z0-9._-]{1,16}$/, "must be 1 to 16 letters and digits");

/** Prints of stocks and ETFs. */
export const EQUITIES = defineStream({
  name: "equities",
  title: "equity prints",
  type: "equity-print",
  record: EquityPrint,
  bucketMs: 10_000,
  lateMs: 0,
  query: {
    venue: list(venue, 16).optional().describe("Exchange codes"),
    off_exchange: flag.optional().describe("Only prints off exchange, or only those on one"),
  },
  live: {
    venue: z.array(venue).min(1).max(16).optional(),
    off_exchange: z.boolean().optional(),
  },
  tests(filters) {
    const tests: ((row: z.infer<typeof EquityPrint>) => boolean)[] = [];
    if (filters.venue !== undefined) {
      const venues = new Set(filters.venue);
      tests.push((row) => venues.has(row.exchange));
    }
    const off = filters.off_exchange;
    if (off !== undefined) tests.push((row) => row.offExchangeFlag === off);
    return tests;
  },
  channels: {
    equities: { snapshot: 1_000, hot: true, staleAfterMs: 15_000 },
    "equity-overlay": { snapshot: 1_500, hot: true, staleAfterMs: null },
  },
  paths: { current: "/prints/equities", history: "equities", replay: "equities", ws: "equities" },
  example: {
    ...exampleHead("syn-ep-202601140-1hc", 98_304),
    ts: TS,
    underlying_id: "NVDA",
    price: 140.52,
    size: 300,
    exchange: "D",
    offExchangeFlag: true,
    conditions: [],
  },
});
