import { z } from "zod";
import { NbboSide, ProfileId } from "./records.ts";

/** Most rows of a page, and how many come when the client does not say. */
export const MAX_LIMIT = 1_000;
export const DEFAULT_LIMIT = 200;
/** Most candles of a page. */
export const MAX_CANDLES = 5_000;
/** Most symbols of a list. */
export const MAX_SYMBOLS = 32;

const SYMBOL = /^[A-Za-z0-9._:|+-]{1,64}$/;
const ID = /^[A-Za-z0-9._:|+-]{1,512}$/;

/** A whole number in decimal digits, from `least` to `most`. */
function whole(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.string(rule).regex(/^-?\d{1,16}$/, rule).transform(Number)
    .pipe(z.int(rule).min(least, rule).max(most, rule));
}

/** A plain decimal number from `least` to `most`. */
function decimal(least: number, most: number) {
  const rule = `must be a number from ${least} to ${most}`;
  return z.string(rule).regex(/^\d{1,12}(\.\d{1,12})?$/, rule).transform(Number)
    .pipe(z.number(rule).min(least, rule).max(most, rule));
}

const flag = z.enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1").pipe(z.boolean());

/** A list separated by commas; a parameter that comes several times counts as one list. */
function list<T extends z.ZodType<unknown, string>>(item: T, most: number) {
  return z.string().transform((text) => text.split(","))
    .pipe(z.array(item).min(1).max(most, `must be at most ${most} values`));
}

const symbol = z.string().regex(SYMBOL, "must be 1 to 64 letters, digits and . _ : | + -");
const identity = z.string().regex(ID, "must be 1 to 512 letters, digits and . _ : | + -");
const epoch = whole(0, Number.MAX_SAFE_INTEGER);

const limit = whole(1, MAX_LIMIT).default(DEFAULT_LIMIT).describe("Most rows to return");
const format = z.enum(["json", "csv", "ndjson"], "must be json, csv or ndjson").default("json")
  .describe("csv and ndjson export the page as a file");
const source = z.string().regex(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
  "must be 1 to 64 letters, digits, _ and -",
).optional().describe("Rows whose trace id begins with this");
const underlying_id = symbol.optional().describe("Rows of this symbol");
const underlying_ids = list(symbol, MAX_SYMBOLS).optional()
  .describe(`Rows of these symbols, at most ${MAX_SYMBOLS}`);
const option_contract_id = symbol.optional().describe("Rows of this contract");

/** What rows of a symbol can be asked for by. */
const bySymbol = { underlying_id, underlying_ids, source };

/** Filters of the option tape. */
export const OptionFilters = z.object({
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
  ...bySymbol,
});
export type OptionFilters = z.infer<typeof OptionFilters>;

/** Filters of option quotes. */
export const NbboFilters = z.object({ option_contract_id, ...bySymbol });
/** Filters of equity prints. */
export const EquityFilters = z.object({
  ...bySymbol,
  venue: list(z.string().regex(/^[A-Za-z0-9._-]{1,16}$/, "must be 1 to 16 letters and digits"), 16)
    .optional().describe("Exchange codes"),
  off_exchange: flag.optional().describe("Only prints off exchange, or only those on one"),
});
/** Filters of streams that name an underlying and nothing else to ask by. */
export const SymbolFilters = z.object(bySymbol);
/** Filters of flow packets. */
export const FlowFilters = z.object({ option_contract_id, ...bySymbol });
/** Filters of candles. */
export const CandleFilters = z.object({
  ...bySymbol,
  interval_ms: whole(1_000, 86_400_000).optional().describe("Candles of this length, ms"),
});
/** Filters of alerts. */
export const AlertFilters = z.object({
  ...bySymbol,
  severity: list(z.enum(["high", "medium", "low"], "must be high, medium or low"), 3).optional()
    .describe("Severities"),
});
/** Filters of smart-money events. */
export const SmartMoneyFilters = z.object({
  ...bySymbol,
  profile: list(ProfileId, 6).optional().describe("Primary profiles"),
  direction: list(
    z.enum(["bullish", "bearish", "neutral", "mixed", "unknown"], "must be a direction"),
    5,
  ).optional().describe("Primary directions"),
  min_probability: decimal(0, 1).optional().describe("Least probability of the top profile"),
  include_abstained: flag.optional().describe("False leaves out events without a profile"),
  since_ts: epoch.optional().describe("Oldest source_ts that is wanted, epoch ms"),
});
export type SmartMoneyFilters = z.infer<typeof SmartMoneyFilters>;

/** Filters that each stream can be asked with. */
export const STREAM_FILTERS = {
  options: OptionFilters,
  nbbo: NbboFilters,
  equities: EquityFilters,
  "equity-quotes": SymbolFilters,
  candles: CandleFilters,
  "equity-joins": SymbolFilters,
  "inferred-dark": SymbolFilters,
  flow: FlowFilters,
  "smart-money": SmartMoneyFilters,
  "classifier-hits": SymbolFilters,
  alerts: AlertFilters,
} as const;
/** Filters of one stream, parsed. */
export type StreamFilters = {
  readonly [S in keyof typeof STREAM_FILTERS]: z.infer<(typeof STREAM_FILTERS)[S]>;
};

/** Parameters of a page of the newest rows. */
export const CurrentPage = z.object({ limit });

/** Parameters of a page of history. */
export const HistoryPage = z.object({
  before_ts: epoch.describe("Rows before this position: its time"),
  before_seq: epoch.describe("Rows before this position: its seq"),
  limit,
  format,
});

/** What the history of option prints can be asked besides. */
export const OptionHistoryExtras = z.object({
  flow_packet_id: identity.optional().describe(
    "Only prints of this packet; answers it as `packet`",
  ),
  pinned_trace_id: identity.optional().describe("Answers this print as `pinned`"),
});

/** Parameters of a page of a replay. */
export const ReplayPage = z.object({
  after_ts: epoch.default(0).describe("Rows after this position: its time"),
  after_seq: epoch.default(0).describe("Rows after this position: its seq"),
  limit,
});

/** Parameters of the range of equity prints. */
export const EquityRange = z.object({
  underlying_id: symbol.describe("Symbol"),
  start_ts: epoch.describe("First epoch ms"),
  end_ts: epoch.describe("Last epoch ms"),
  limit,
}).refine((query) => query.start_ts <= query.end_ts, {
  path: ["end_ts"],
  message: "must not be before start_ts",
});

/** Parameters of a range of candles. */
export const CandleRange = z.object({
  underlying_id: symbol.describe("Symbol"),
  interval_ms: whole(1_000, 86_400_000).default(60_000).describe("Length of a candle, ms"),
  start_ts: epoch.optional().describe(
    "First window start; by default interval × limit before end_ts",
  ),
  end_ts: epoch.optional().describe("Last window start; by default now"),
  limit: whole(1, MAX_CANDLES).default(DEFAULT_LIMIT).describe("Most candles to return"),
  cache: z.string().max(64).optional().describe("Has no effect: candles are served from memory"),
});

/** A row asked for by its id. */
export const ById = z.object({ id: identity });

/** Trace ids asked for at once. */
export const ByTrace = z.object({
  trace_id: list(identity, 100).describe("Trace ids, at most 100"),
});

/** What a table of option prints asks for its visible rows. */
export const OptionsSupportRequest = z.strictObject({
  trace_ids: z.array(identity).max(250).default([]),
  nbbo_context: z.array(z.strictObject({
    trace_id: identity,
    option_contract_id: symbol,
    ts: z.int().min(0),
  })).max(250).default([]),
}).meta({ id: "OptionsSupportRequest" });
export type OptionsSupportRequest = z.infer<typeof OptionsSupportRequest>;
