import { z } from "zod";
import type {
  Alert as AlertRecord,
  AlertHit as AlertHitRecord,
  Candle as CandleRecord,
  ClassifierHit as ClassifierHitRecord,
  EquityJoin as EquityJoinRecord,
  EquityPrint as EquityPrintRecord,
  EquityQuote as EquityQuoteRecord,
  FlowPacket as FlowPacketRecord,
  InferredDark as InferredDarkRecord,
  OptionNbbo as OptionNbboRecord,
  OptionPrint as OptionPrintRecord,
  ProfileScore as ProfileScoreRecord,
  SmartMoneyEvent as SmartMoneyEventRecord,
  StreamName,
} from "../../engine/frames/mod.ts";
import { PROFILE_IDS } from "../../engine/regime/mod.ts";

/** Fails to compile unless schema and record type can be assigned to each other. */
type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : never : never;

const epochMs = z.int().min(0);
const price = z.number();
const count = z.number().min(0);
const share = z.number().min(0).max(1);
const texts = z.array(z.string()).readonly();
const priceOrNull = price.nullable();

const head = {
  source_ts: epochMs.describe("Event time, epoch ms"),
  ingest_ts: epochMs.describe("Event time the pipeline had reached when it made the row, epoch ms"),
  seq: z.int().min(0).describe("Breaks ties of the ordering column; unique with it"),
  trace_id: z.string().describe("Identity of the row"),
};
const ts = epochMs.describe("Event time, epoch ms");
const underlying = z.string().describe("Symbol of the underlying");

/** Where a print lies against the quote that stood at its millisecond. */
export const NbboSide = z.enum(["AA", "A", "MID", "B", "BB", "MISSING", "STALE"]);
/** Direction of a reading. */
export const Direction = z.enum(["bullish", "bearish", "neutral", "mixed", "unknown"]);
/** The six public profiles. */
export const ProfileId = z.enum(PROFILE_IDS);

const featureValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const qualities = z.record(z.string(), z.number());

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

const quote = { bid: price, ask: price, bidSize: count, askSize: count };

/** A best bid and offer of an option contract; sizes in contracts. */
export const OptionNbbo = z.object({ ...head, ts, option_contract_id: z.string(), ...quote })
  .meta({ id: "OptionNbbo" });

/** A stock or ETF print; size in shares. */
export const EquityPrint = z.object({
  ...head,
  ts,
  underlying_id: underlying,
  price: price.describe("USD"),
  size: count.describe("Shares"),
  exchange: z.string(),
  offExchangeFlag: z.boolean(),
  conditions: texts,
}).meta({ id: "EquityPrint" });

/** A best bid and offer of a stock or ETF; sizes in shares. */
export const EquityQuote = z.object({ ...head, ts, underlying_id: underlying, ...quote })
  .meta({ id: "EquityQuote" });

/** Prints of one contract or structure that belong together. */
export const FlowPacket = z.object({
  ...head,
  id: z.string(),
  members: texts.describe("Trace ids of the member prints"),
  features: featureValues,
  join_quality: qualities,
}).meta({ id: "FlowPacket" });

/** How well one profile explains an event. */
export const ProfileScore = z.object({
  profile_id: ProfileId,
  probability: share,
  confidence_band: z.enum(["high", "medium", "low"]),
  direction: Direction,
  reasons: texts,
}).meta({ id: "ProfileScore" });

/** One reading of a packet or structure. */
export const SmartMoneyEvent = z.object({
  ...head,
  event_id: z.string(),
  packet_ids: texts,
  member_print_ids: texts,
  underlying_id: underlying,
  event_kind: z.enum(["single_leg_event", "multi_leg_event"]),
  event_window_ms: z.number(),
  features: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  profile_scores: z.array(ProfileScore).readonly().describe("All six, highest probability first"),
  primary_profile_id: ProfileId.nullable(),
  primary_direction: Direction,
  abstained: z.boolean(),
  suppressed_reasons: texts,
}).meta({ id: "SmartMoneyEvent" });

const hit = {
  classifier_id: z.string(),
  confidence: share,
  direction: Direction,
  explanations: texts,
};

/** A profile that an event was read as. */
export const ClassifierHit = z.object({
  ...head,
  ...hit,
  underlying_id: underlying,
  event_id: z.string(),
}).meta({ id: "ClassifierHit" });

/** A hit inside an alert. */
export const AlertHit = z.object(hit).meta({ id: "AlertHit" });

/** An event worth a look. */
export const Alert = z.object({
  ...head,
  score: z.number().describe("0 to 100"),
  severity: z.enum(["high", "medium", "low"]),
  hits: z.array(AlertHit).readonly(),
  evidence_refs: texts.describe("Ids of the event, its packets and at most 64 prints"),
  underlying_id: underlying,
  primary_profile_id: ProfileId.exactOptional(),
  profile_scores: z.array(ProfileScore).readonly().exactOptional(),
}).meta({ id: "Alert" });

/** An equity print with the quote that stood when it happened. */
export const EquityJoin = z.object({
  ...head,
  id: z.string(),
  print_trace_id: z.string(),
  quote_trace_id: z.string().nullable(),
  features: featureValues,
  join_quality: qualities,
}).meta({ id: "EquityJoin" });

/** Off-exchange activity that the prints suggest; an inference, not a report. */
export const InferredDark = z.object({
  ...head,
  type: z.enum(["absorbed_block", "stealth_accumulation", "distribution"]),
  confidence: share,
  underlying_id: underlying,
  evidence_refs: texts,
  meta: featureValues,
}).meta({ id: "InferredDark" });

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

/** Schema of a row, by stream. */
export const RECORD_SCHEMAS = {
  options: OptionPrint,
  nbbo: OptionNbbo,
  equities: EquityPrint,
  "equity-quotes": EquityQuote,
  candles: Candle,
  "equity-joins": EquityJoin,
  "inferred-dark": InferredDark,
  flow: FlowPacket,
  "smart-money": SmartMoneyEvent,
  "classifier-hits": ClassifierHit,
  alerts: Alert,
} as const satisfies Readonly<Record<StreamName, z.ZodType>>;

/** Holds at compile time only: every schema describes exactly the type of its record. */
export const SCHEMAS_AGREE: readonly [
  Same<z.infer<typeof OptionPrint>, OptionPrintRecord>,
  Same<z.infer<typeof OptionNbbo>, OptionNbboRecord>,
  Same<z.infer<typeof EquityPrint>, EquityPrintRecord>,
  Same<z.infer<typeof EquityQuote>, EquityQuoteRecord>,
  Same<z.infer<typeof FlowPacket>, FlowPacketRecord>,
  Same<z.infer<typeof ProfileScore>, ProfileScoreRecord>,
  Same<z.infer<typeof SmartMoneyEvent>, SmartMoneyEventRecord>,
  Same<z.infer<typeof ClassifierHit>, ClassifierHitRecord>,
  Same<z.infer<typeof AlertHit>, AlertHitRecord>,
  Same<z.infer<typeof Alert>, AlertRecord>,
  Same<z.infer<typeof EquityJoin>, EquityJoinRecord>,
  Same<z.infer<typeof InferredDark>, InferredDarkRecord>,
  Same<z.infer<typeof Candle>, CandleRecord>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true];
