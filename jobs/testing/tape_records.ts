import fc from "fast-check";
import type {
  Alert,
  Candle,
  ClassifierHit,
  EquityJoin,
  EquityPrint,
  EquityQuote,
  FlowPacket,
  InferredDark,
  OptionNbbo,
  OptionPrint,
  ProfileScore,
  SmartMoneyEvent,
  StreamName,
  StreamRecords,
} from "../../engine/frames/records.ts";
import { PROFILE_IDS, sessionAt } from "../../engine/regime/mod.ts";
import { STREAMS } from "../../modules/tape/mod.ts";

/** Epoch ms that sample tapes begin at: 2026-01-14 14:30 UTC, an opening in New York. */
export const SAMPLE_START_MS = 1_768_401_000_000;
const SYMBOLS = ["SPY", "NVDA", "AAPL", "XOM"] as const;
const SIDES = ["AA", "A", "MID", "B", "BB", "MISSING", "STALE"] as const;

function pick<T>(list: readonly T[], n: number): T {
  const item = list[n % list.length];
  if (item === undefined) throw new RangeError("Cannot pick from an empty list");
  return item;
}

function contractOf(n: number): string {
  const symbol = pick(SYMBOLS, n);
  return `${symbol}-2026-01-30-${100 + (n % 7) * 2.5}-${n % 3 === 0 ? "P" : "C"}`;
}

/** Trace id of a raw row: it tells the session and the second, as those of the tape do. */
function traceOf(kind: string, ts: number, seq: number): string {
  const session = sessionAt(ts, "loop");
  const second = Math.floor((ts - (session?.openTs ?? ts)) / 1_000);
  return `syn-${kind}-${session?.id ?? 0}-${(second * 8_192 + seq % 8_192).toString(36)}`;
}

function head(kind: string, ts: number, seq: number) {
  return { source_ts: ts, ingest_ts: ts, seq, trace_id: traceOf(kind, ts, seq) };
}

function optionPrint(ts: number, seq: number): OptionPrint {
  const option_contract_id = contractOf(seq);
  const price = 1.05 + (seq % 40) / 20;
  const size = 1 + (seq * 7) % 600;
  const side = pick(SIDES, seq * 3);
  const quoted = side !== "MISSING";
  const is_etf = option_contract_id.startsWith("SPY");
  return {
    ...head("op", ts, seq),
    ts,
    option_contract_id,
    price,
    size,
    exchange: pick(["CBOE", "PHLX", "ISE"], seq),
    conditions: seq % 5 === 0 ? ["ISO"] : [],
    execution_iv: 0.31,
    execution_iv_source: "synthetic_pressure_model",
    underlying_id: option_contract_id.split("-")[0] ?? "",
    option_type: option_contract_id.endsWith("C") ? "call" : "put",
    notional: Math.round(price * size * 100 * 100) / 100,
    nbbo_side: side,
    execution_nbbo_bid: quoted ? price - 0.05 : null,
    execution_nbbo_ask: quoted ? price + 0.05 : null,
    execution_nbbo_mid: quoted ? price : null,
    execution_nbbo_spread: quoted ? 0.1 : null,
    execution_nbbo_bid_size: quoted ? 12 : null,
    execution_nbbo_ask_size: quoted ? 9 : null,
    execution_nbbo_ts: quoted ? ts - 40 : null,
    execution_nbbo_age_ms: quoted ? 40 : null,
    execution_nbbo_side: side,
    execution_underlying_spot: 140.2,
    execution_underlying_bid: 140.19,
    execution_underlying_ask: 140.21,
    execution_underlying_mid: 140.2,
    execution_underlying_spread: 0.02,
    execution_underlying_ts: ts - 10,
    execution_underlying_age_ms: 10,
    execution_underlying_source: "equity_quote_mid",
    is_etf,
    signal_pass: size > 100,
    signal_reasons: size > 100 ? ["ask_side"] : ["min_notional"],
    signal_profile: "smart-money",
  };
}

function nbbo(ts: number, seq: number): OptionNbbo {
  const bid = 1 + (seq % 40) / 20;
  return {
    ...head("nb", ts, seq),
    ts,
    option_contract_id: contractOf(seq),
    bid,
    ask: bid + 0.1,
    bidSize: 10 + seq % 30,
    askSize: 12,
  };
}

function equityPrint(ts: number, seq: number): EquityPrint {
  return {
    ...head("ep", ts, seq),
    ts,
    underlying_id: pick(SYMBOLS, seq),
    price: 140 + (seq % 10) / 100,
    size: 100 * (1 + seq % 20),
    exchange: seq % 3 === 0 ? "D" : "Q",
    offExchangeFlag: seq % 3 === 0,
    conditions: [],
  };
}

function equityQuote(ts: number, seq: number): EquityQuote {
  return {
    ...head("eq", ts, seq),
    ts,
    underlying_id: pick(SYMBOLS, seq),
    bid: 140,
    ask: 140.02,
    bidSize: 300,
    askSize: 200,
  };
}

function candle(ts: number, seq: number): Candle {
  const underlying_id = pick(SYMBOLS, seq);
  const interval_ms = pick([60_000, 300_000], seq >> 2);
  const start = Math.floor(ts / interval_ms) * interval_ms;
  const id = `candle:${underlying_id}:${interval_ms}:${start}`;
  return {
    source_ts: start,
    ingest_ts: ts,
    seq,
    trace_id: id,
    id,
    ts: start,
    underlying_id,
    interval_ms,
    open: 140,
    high: 140.5,
    low: 139.5,
    close: 140.1,
    volume: 12_300,
    off_exchange_volume: 4_100,
    trade_count: 42,
  };
}

function join(ts: number, seq: number): EquityJoin {
  const print = traceOf("ep", ts, seq);
  const id = `equityjoin:${print}`;
  return {
    source_ts: ts,
    ingest_ts: ts,
    seq,
    trace_id: id,
    id,
    print_trace_id: print,
    quote_trace_id: traceOf("eq", ts, seq),
    features: {
      underlying_id: pick(SYMBOLS, seq),
      price: 140,
      size: 100,
      off_exchange_flag: false,
    },
    join_quality: { quote_age_ms: 20, quote_missing: 0, quote_stale: 0 },
  };
}

function dark(ts: number, seq: number): InferredDark {
  return {
    source_ts: ts,
    ingest_ts: ts,
    seq,
    trace_id: `dark:${seq}`,
    type: pick(["absorbed_block", "stealth_accumulation", "distribution"], seq),
    confidence: 0.61,
    underlying_id: pick(SYMBOLS, seq),
    evidence_refs: [`equityjoin:${traceOf("ep", ts, seq)}`],
    meta: { count: 4, total_size: 4_000 },
  };
}

function packetId(ts: number, seq: number): string {
  return `flowpacket:${contractOf(seq)}:${ts}:${ts + 576}`;
}

function packet(ts: number, seq: number): FlowPacket {
  const id = packetId(ts, seq);
  return {
    source_ts: ts,
    ingest_ts: ts + 1_500,
    seq,
    trace_id: id,
    id,
    members: [traceOf("op", ts, seq)],
    features: {
      option_contract_id: contractOf(seq),
      underlying_id: pick(SYMBOLS, seq),
      count: 11,
      total_premium: 331_200,
      start_ts: ts,
      end_ts: ts + 576,
    },
    join_quality: { nbbo_age_ms: 40 },
  };
}

function scores(seq: number): readonly ProfileScore[] {
  return PROFILE_IDS.map((_, i) => ({
    profile_id: pick(PROFILE_IDS, seq + i),
    score: i === 0 ? 0.4 + (seq % 50) / 100 : 0.2 - i / 100,
    confidence_band: i === 0 && seq % 50 >= 32 ? "high" : "low",
    direction: i === 0 ? pick(["bullish", "bearish", "neutral"], seq) : "unknown",
    reasons: i === 0 ? ["large_parent_event"] : [],
  }));
}

function event(ts: number, seq: number): SmartMoneyEvent {
  const id = packetId(ts, seq);
  const abstained = seq % 4 === 0;
  const profile_scores = scores(seq);
  return {
    source_ts: ts,
    ingest_ts: ts + 1_500,
    seq,
    trace_id: `smartmoney:${id}`,
    event_id: `smartmoney:single_leg_event:${id}`,
    packet_ids: [id],
    member_print_ids: [traceOf("op", ts, seq)],
    underlying_id: pick(SYMBOLS, seq),
    event_kind: "single_leg_event",
    event_window_ms: 576,
    features: { contract_count: 1, print_count: 11, moneyness: 1.0142, strike_count: null },
    profile_scores,
    primary_profile_id: abstained ? null : profile_scores[0]?.profile_id ?? null,
    probability: abstained ? null : 0.96,
    primary_direction: abstained ? "unknown" : profile_scores[0]?.direction ?? "unknown",
    abstained,
    suppressed_reasons: abstained ? ["stale_or_missing_quote_context"] : [],
  };
}

function hit(ts: number, seq: number): ClassifierHit {
  const event_id = `smartmoney:single_leg_event:${packetId(ts, seq)}`;
  const classifier_id = `smart_money_${pick(PROFILE_IDS, seq)}`;
  return {
    source_ts: ts,
    ingest_ts: ts + 1_500,
    seq,
    trace_id: `hit:${classifier_id}:${event_id}`,
    classifier_id,
    score: 0.7,
    direction: "bullish",
    explanations: ["premium of 331,200 USD"],
    underlying_id: pick(SYMBOLS, seq),
    event_id,
  };
}

function alert(ts: number, seq: number): Alert {
  const id = packetId(ts, seq);
  const event_id = `smartmoney:single_leg_event:${id}`;
  return {
    source_ts: ts,
    ingest_ts: ts + 1_500,
    seq,
    trace_id: `alert:${event_id}`,
    score: 40 + seq % 60,
    severity: pick(["low", "medium", "high"], seq),
    hits: [{
      classifier_id: "smart_money_x",
      score: 0.7,
      direction: "bullish",
      explanations: [],
    }],
    evidence_refs: [event_id, id],
    underlying_id: pick(SYMBOLS, seq),
    probability: 0.96,
    ...(seq % 2 === 0 && {
      primary_profile_id: pick(PROFILE_IDS, seq),
      profile_scores: scores(seq),
    }),
  };
}

const MAKERS: { readonly [S in StreamName]: (ts: number, seq: number) => StreamRecords[S] } = {
  options: optionPrint,
  nbbo,
  equities: equityPrint,
  "equity-quotes": equityQuote,
  candles: candle,
  "equity-joins": join,
  "inferred-dark": dark,
  flow: packet,
  "smart-money": event,
  "classifier-hits": hit,
  alerts: alert,
};

/** A plausible row of a stream. Equal arguments give equal rows. */
export function sampleRecord<S extends StreamName>(
  stream: S,
  ts: number,
  seq: number,
): StreamRecords[S] {
  return MAKERS[stream](ts, seq);
}

/** Rows of every stream, `perStream` of each, `stepMs` apart, several at each instant. */
export function sampleTape(perStream: number, stepMs: number, startMs = SAMPLE_START_MS) {
  const make = <S extends StreamName>(stream: S): readonly StreamRecords[S][] =>
    Array.from({ length: perStream }, (_, i) =>
      // Three rows share an instant: their order is that of seq alone.
      sampleRecord(stream, startMs + Math.floor(i / 3) * stepMs, i));
  return Object.fromEntries(STREAMS.names.map((stream) => [stream, make(stream)])) as {
    readonly [S in StreamName]: readonly StreamRecords[S][];
  };
}

/** Positions in any order, many of them at the same instant, each once. */
export function positions(maxLength: number): fc.Arbitrary<readonly { ts: number; seq: number }[]> {
  return fc.uniqueArray(
    fc.record({
      ts: fc.oneof(fc.nat(3), fc.nat(90_000), fc.nat(4_000_000)).map((n) => SAMPLE_START_MS + n),
      seq: fc.nat(50),
    }),
    { maxLength, minLength: 1, selector: ({ ts, seq }) => `${ts}:${seq}` },
  );
}
