import { z } from "zod";
import { epoch, identity, list, symbol, whole } from "./_query.ts";

/** Most rows of a page, and how many come when the client does not say. */
const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 200;
/** Most candles of a page. */
const MAX_CANDLES = 5_000;

const limit = whole(1, MAX_LIMIT).default(DEFAULT_LIMIT).describe("Most rows to return");
const format = z.enum(["json", "csv", "ndjson"], "must be json, csv or ndjson").default("json")
  .describe("csv and ndjson export the page as a file");
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
