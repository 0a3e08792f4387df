import { z } from "zod";
import { CONTRACT, exampleHead, PRINT, TS } from "./_examples.ts";
import { count, head, NbboSide, price, texts, ts, underlying } from "./_fields.ts";
import { decimal, list, symbol } from "../_query.ts";
import { defineStream } from "./stream.ts";

const priceOrNull = price.nullable();

/** An option print with the market that stood when it happened. */
export const OptionPrint = z.object({
  ...head,
  ts,
  option_contract_id: z.string().describe("ROOT-YYYY-MM-DD-STRIKE-C|P"),
  price: price.describe("USD per share"),
  size: count.describe("Contracts"),
  exchange: z.string(),
  conditions: texts,
  execution_iv: z.number().nullable().describe("Annual volatility of the contract at the print"),
  execution_iv_source: z.enum(["provider", "synthetic_pressure_model"]).nullable(),
  underlying_id: underlying,
  option_type: z.enum(["call", "put"]),
  notional: z.number().describe("price × size × 100, USD"),
  nbbo_side: NbboSide,
  execution_nbbo_bid: priceOrNull,
  execution_nbbo_ask: priceOrNull,
  execution_nbbo_mid: priceOrNull,
  execution_nbbo_spread: priceOrNull,
  execution_nbbo_bid_size: z.number().nullable(),
  execution_nbbo_ask_size: z.number().nullable(),
  execution_nbbo_ts: z.number().nullable(),
  execution_nbbo_age_ms: z.number().nullable(),
  execution_nbbo_side: NbboSide,
  execution_underlying_spot: priceOrNull,
  execution_underlying_bid: priceOrNull,
  execution_underlying_ask: priceOrNull,
  execution_underlying_mid: priceOrNull,
  execution_underlying_spread: priceOrNull,
  execution_underlying_ts: z.number().nullable(),
  execution_underlying_age_ms: z.number().nullable(),
  execution_underlying_source: z.literal("equity_quote_mid").nullable(),
  is_etf: z.boolean(),
  signal_pass: z.boolean().describe("Passes the tape's signal view"),
  signal_reasons: texts,
  signal_profile: z.enum(["smart-money", "balanced", "all"]),
}).meta({ id: "OptionPrint" });

const EXAMPLE: z.infer<typeof OptionPrint> = {
  ...exampleHead(PRINT, 98_304),
  ts: TS,
  option_contract_id: CONTRACT,
  price: 5.15,
  size: 60,
  exchange: "CBOE",
  conditions: ["ISO"],
  execution_iv: 0.4123,
  execution_iv_source: "synthetic_pressure_model",
  underlying_id: "NVDA",
  option_type: "call",
  notional: 30_900,
  nbbo_side: "A",
  execution_nbbo_bid: 5.05,
  execution_nbbo_ask: 5.15,
  execution_nbbo_mid: 5.1,
  execution_nbbo_spread: 0.1,
  execution_nbbo_bid_size: 40,
  execution_nbbo_ask_size: 75,
  execution_nbbo_ts: TS - 230,
  execution_nbbo_age_ms: 230,
  execution_nbbo_side: "A",
  execution_underlying_spot: 140.52,
  execution_underlying_bid: 140.51,
  execution_underlying_ask: 140.53,
  execution_underlying_mid: 140.52,
  execution_underlying_spread: 0.02,
  execution_underlying_ts: TS - 105,
  execution_underlying_age_ms: 105,
  execution_underlying_source: "equity_quote_mid",
  is_etf: false,
  signal_pass: true,
  signal_reasons: ["ask_side"],
  signal_profile: "smart-money",
};

/** Option prints. */
export const OPTIONS = defineStream({
  name: "options",
  title: "option prints",
  type: "option-print",
  record: OptionPrint,
  bucketMs: 30_000,
  lateMs: 0,
  query: {
    view: z.enum(["signal", "raw"], "must be signal or raw").optional()
      .describe("signal (the default): prints that pass the signal rules; raw: all"),
    security: z.enum(["stock", "etf", "all"], "must be stock, etf or all").optional()
      .describe("Kind of underlying; stock in the signal view and all in the raw one by default"),
    side: list(NbboSide, 7).optional().describe("Places against the quote"),
    type: list(z.enum(["call", "put"], "must be call or put"), 2).optional()
      .describe("Calls, puts or both"),
    min_notional: decimal(0, 1e12).optional().describe("Least price × size × 100, USD"),
    option_contract_id: symbol.optional()
      .describe("Rows of this contract; asks for the raw view unless view says otherwise"),
  },
  live: {
    view: z.enum(["signal", "raw"]).optional(),
    security: z.enum(["stock", "etf", "all"]).optional(),
    side: z.array(NbboSide).min(1).max(7).optional(),
    type: z.array(z.enum(["call", "put"])).min(1).max(2).optional(),
    min_notional: z.number().min(0).optional(),
  },
  tests(filters) {
    const tests: ((row: z.infer<typeof OptionPrint>) => boolean)[] = [];
    const { side, type, min_notional, option_contract_id } = filters;
    const view = filters.view ?? (option_contract_id === undefined ? "signal" : "raw");
    if (view === "signal") tests.push((row) => row.signal_pass);
    const security = filters.security ?? (view === "signal" ? "stock" : "all");
    if (security !== "all") tests.push((row) => row.is_etf === (security === "etf"));
    if (side !== undefined) {
      const sides = new Set(side);
      tests.push((row) => sides.has(row.nbbo_side));
    }
    if (type !== undefined) {
      const types = new Set(type);
      tests.push((row) => types.has(row.option_type));
    }
    if (min_notional !== undefined) tests.push((row) => row.notional >= min_notional);
    if (option_contract_id !== undefined) {
      tests.push((row) => row.option_contract_id === option_contract_id);
    }
    return tests;
  },
  channels: { options: { snapshot: 100, hot: true, staleAfterMs: 15_000 } },
  paths: { current: "/prints/options", history: "options", replay: "options", ws: "options" },
  example: EXAMPLE,
});
