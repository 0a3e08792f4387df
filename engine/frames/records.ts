import type { ProfileId } from "../regime/mod.ts";

/**
 * The records of the eleven streams, with the names that they have on the wire. Times are epoch ms,
 * prices USD, option sizes contracts, premiums USD including the multiplier of 100.
 */

/** Fields that every record carries. (ts, seq) or (source_ts, seq) is unique within a stream. */
export interface RecordHead {
  readonly source_ts: number;
  readonly ingest_ts: number;
  readonly seq: number;
  readonly trace_id: string;
}

export type NbboSide = "AA" | "A" | "MID" | "B" | "BB" | "MISSING" | "STALE";
export type Direction = "bullish" | "bearish" | "neutral" | "mixed" | "unknown";

/** An option print as the exchange reports it, with the vendor's mark volatility. */
export interface RawOptionPrint extends RecordHead {
  readonly ts: number;
  readonly option_contract_id: string;
  readonly price: number;
  readonly size: number;
  readonly exchange: string;
  readonly conditions: readonly string[];
  /** Annual mark volatility of the contract at the print, or null. */
  readonly execution_iv: number | null;
  readonly execution_iv_source: "provider" | "synthetic_pressure_model" | null;
}

export interface OptionNbbo extends RecordHead {
  readonly ts: number;
  readonly option_contract_id: string;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

export interface EquityPrint extends RecordHead {
  readonly ts: number;
  readonly underlying_id: string;
  readonly price: number;
  readonly size: number;
  readonly exchange: string;
  readonly offExchangeFlag: boolean;
  /**
   * CONTINGENT: depends on another trade, as the stock leg of an option trade does; candles take its volume
   * only. OPENING, CLOSING: all that an auction trades, at its one price.
   */
  readonly conditions: readonly string[];
}

/** Whether a print is an auction's: nobody took the other side's price. */
export function isAuction({ conditions }: Pick<EquityPrint, "conditions">): boolean {
  return conditions.length > 0 &&
    (conditions.includes("OPENING") || conditions.includes("CLOSING"));
}

export interface EquityQuote extends RecordHead {
  readonly ts: number;
  readonly underlying_id: string;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

/** The raw print with what was known of the market when it happened. This is what is stored and sent. */
export interface OptionPrint extends RawOptionPrint {
  readonly underlying_id: string;
  readonly option_type: "call" | "put";
  /** price × size × 100. */
  readonly notional: number;
  readonly nbbo_side: NbboSide;
  readonly execution_nbbo_bid: number | null;
  readonly execution_nbbo_ask: number | null;
  readonly execution_nbbo_mid: number | null;
  readonly execution_nbbo_spread: number | null;
  readonly execution_nbbo_bid_size: number | null;
  readonly execution_nbbo_ask_size: number | null;
  readonly execution_nbbo_ts: number | null;
  readonly execution_nbbo_age_ms: number | null;
  readonly execution_nbbo_side: NbboSide;
  readonly execution_underlying_spot: number | null;
  readonly execution_underlying_bid: number | null;
  readonly execution_underlying_ask: number | null;
  readonly execution_underlying_mid: number | null;
  readonly execution_underlying_spread: number | null;
  readonly execution_underlying_ts: number | null;
  readonly execution_underlying_age_ms: number | null;
  readonly execution_underlying_source: "equity_quote_mid" | null;
  readonly is_etf: boolean;
  readonly signal_pass: boolean;
  readonly signal_reasons: readonly string[];
  readonly signal_profile: "smart-money" | "balanced" | "all";
}

export type FeatureValue = string | number | boolean;

export interface FlowPacket extends RecordHead {
  readonly id: string;
  /** Trace ids of the member prints. */
  readonly members: readonly string[];
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly join_quality: Readonly<Record<string, number>>;
}

export type ConfidenceBand = "high" | "medium" | "low";

export interface ProfileScore {
  readonly profile_id: ProfileId;
  /** Score of the evidence, 0…1, cut off at 1: it ranks and is no probability. */
  readonly score: number;
  readonly confidence_band: ConfidenceBand;
  readonly direction: Direction;
  readonly reasons: readonly string[];
}

/** The 35 public features of a smart-money event; absent and unknown values are null. */
export type SmartMoneyFeatures = Readonly<Record<string, string | number | boolean | null>>;

export interface SmartMoneyEvent extends RecordHead {
  readonly event_id: string;
  readonly packet_ids: readonly string[];
  readonly member_print_ids: readonly string[];
  readonly underlying_id: string;
  readonly event_kind: "single_leg_event" | "multi_leg_event";
  readonly event_window_ms: number;
  readonly features: SmartMoneyFeatures;
  /** All six, highest score first. */
  readonly profile_scores: readonly ProfileScore[];
  readonly primary_profile_id: ProfileId | null;
  /**
   * Share of synthetic events of such a score whose named profile was right, 0…1; null when none is named, and
   * where nobody knows what was meant, as on every tape but the embedded market's.
   */
  readonly probability: number | null;
  readonly primary_direction: Direction;
  readonly abstained: boolean;
  readonly suppressed_reasons: readonly string[];
}

export interface ClassifierHit extends RecordHead {
  readonly classifier_id: string;
  /** Score of the profile, 0…1, cut off at 1. */
  readonly score: number;
  readonly direction: Direction;
  readonly explanations: readonly string[];
  readonly underlying_id: string;
  readonly event_id: string;
}

export interface AlertHit {
  readonly classifier_id: string;
  /** Score of the profile, 0…1, cut off at 1. */
  readonly score: number;
  readonly direction: Direction;
  readonly explanations: readonly string[];
}

export interface Alert extends RecordHead {
  /** 0…100. */
  readonly score: number;
  readonly severity: "high" | "medium" | "low";
  readonly hits: readonly AlertHit[];
  /** Ids of the event, its packets and at most 64 prints. */
  readonly evidence_refs: readonly string[];
  readonly underlying_id: string;
  readonly primary_profile_id?: ProfileId;
  /** That of the strongest event; see there. */
  readonly probability: number | null;
  readonly profile_scores?: readonly ProfileScore[];
}

export interface EquityJoin extends RecordHead {
  readonly id: string;
  readonly print_trace_id: string;
  readonly quote_trace_id: string | null;
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly join_quality: Readonly<Record<string, number>>;
}

export interface InferredDark extends RecordHead {
  readonly type: "absorbed_block" | "stealth_accumulation" | "distribution";
  readonly confidence: number;
  readonly underlying_id: string;
  readonly evidence_refs: readonly string[];
  readonly meta: Readonly<Record<string, FeatureValue>>;
}

export interface Candle extends RecordHead {
  readonly id: string;
  /** Window start. */
  readonly ts: number;
  readonly underlying_id: string;
  readonly interval_ms: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares. */
  readonly volume: number;
  /** Shares of `volume` printed off exchange. */
  readonly off_exchange_volume: number;
  readonly trade_count: number;
}

/** Record type of each stream, by the name that the stream has inside. */
export interface StreamRecords {
  readonly options: OptionPrint;
  readonly nbbo: OptionNbbo;
  readonly equities: EquityPrint;
  readonly "equity-quotes": EquityQuote;
  readonly candles: Candle;
  readonly "equity-joins": EquityJoin;
  readonly "inferred-dark": InferredDark;
  readonly flow: FlowPacket;
  readonly "smart-money": SmartMoneyEvent;
  readonly "classifier-hits": ClassifierHit;
  readonly alerts: Alert;
}
export type StreamName = keyof StreamRecords;
