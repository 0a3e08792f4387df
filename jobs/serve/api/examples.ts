import type { StreamName, StreamRecords } from "../../../engine/frames/mod.ts";

const TS = 1_768_401_012_345;
const CONTRACT = "NVDA-2026-01-30-142.5-C";
const PACKET = `flowpacket:${CONTRACT}:${TS}:1768401012921`;
const EVENT = `smartmoney:single_leg_event:${PACKET}`;
const PRINT = "syn-op-202601140-1hc";

function head(trace_id: string, seq: number) {
  return { source_ts: TS, ingest_ts: TS, seq, trace_id };
}

const SCORE = {
  profile_id: "institutional_directional",
  probability: 0.88,
  confidence_band: "high",
  direction: "bullish",
  reasons: ["large_parent_event", "directional_aggressor_mix", "multi_venue_sweep"],
} as const;

const HIT = {
  classifier_id: "smart_money_institutional_directional",
  confidence: 0.88,
  direction: "bullish",
  explanations: ["premium of 331,200 USD", "89 % of it bought at the ask"],
} as const;

/** One row of every stream, as the documentation shows it. */
export const EXAMPLES: StreamRecords = {
  options: {
    ...head(PRINT, 98_304),
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
  },
  nbbo: {
    ...head("syn-nb-202601140-1hc", 98_304),
    ts: TS,
    option_contract_id: CONTRACT,
    bid: 5.05,
    ask: 5.15,
    bidSize: 40,
    askSize: 75,
  },
  equities: {
    ...head("syn-ep-202601140-1hc", 98_304),
    ts: TS,
    underlying_id: "NVDA",
    price: 140.52,
    size: 300,
    exchange: "D",
    offExchangeFlag: true,
    conditions: [],
  },
  "equity-quotes": {
    ...head("syn-eq-202601140-1hc", 98_304),
    ts: TS,
    underlying_id: "NVDA",
    bid: 140.51,
    ask: 140.53,
    bidSize: 400,
    askSize: 700,
  },
  candles: {
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
  "equity-joins": {
    ...head("equityjoin:syn-ep-202601140-1hc", 8_120),
    id: "equityjoin:syn-ep-202601140-1hc",
    print_trace_id: "syn-ep-202601140-1hc",
    quote_trace_id: "syn-eq-202601140-1hb",
    features: { underlying_id: "NVDA", price: 140.52, size: 300, off_exchange_flag: true },
    join_quality: { quote_age_ms: 105, quote_missing: 0, quote_stale: 0 },
  },
  "inferred-dark": {
    ...head("inferreddark:absorbed_block:NVDA:1768401012345", 31),
    type: "absorbed_block",
    confidence: 0.74,
    underlying_id: "NVDA",
    evidence_refs: ["equityjoin:syn-ep-202601140-1hc"],
    meta: { total_size: 3_200 },
  },
  flow: {
    ...head(PACKET, 48_213),
    id: PACKET,
    members: [PRINT],
    features: { option_contract_id: CONTRACT, underlying_id: "NVDA", count: 11, total_size: 640 },
    join_quality: { nbbo_coverage_ratio: 1 },
  },
  "smart-money": {
    ...head(`smartmoney:${PACKET}`, 48_213),
    event_id: EVENT,
    packet_ids: [PACKET],
    member_print_ids: [PRINT],
    underlying_id: "NVDA",
    event_kind: "single_leg_event",
    event_window_ms: 576,
    features: { contract_count: 1, print_count: 11, total_premium: 331_200, days_to_event: null },
    profile_scores: [SCORE],
    primary_profile_id: "institutional_directional",
    primary_direction: "bullish",
    abstained: false,
    suppressed_reasons: [],
  },
  "classifier-hits": {
    ...head(`hit:smart_money_institutional_directional:${EVENT}`, 9_011),
    ...HIT,
    underlying_id: "NVDA",
    event_id: EVENT,
  },
  alerts: {
    ...head(`alert:${EVENT}`, 1_207),
    score: 78,
    severity: "high",
    hits: [HIT],
    evidence_refs: [EVENT, PACKET, PRINT],
    underlying_id: "NVDA",
    primary_profile_id: "institutional_directional",
    profile_scores: [SCORE],
  },
};

/** The position of an example row. */
export const EXAMPLE_CURSOR = { ts: TS, seq: 48_213 };
/** Ids of the example rows. */
export const EXAMPLE_IDS = { contract: CONTRACT, packet: PACKET, event: EVENT, print: PRINT };
