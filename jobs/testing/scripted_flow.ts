import type {
  EquityPrint,
  EquityQuote,
  FlowPipeline,
  FlowSink,
  OptionNbbo,
  OptionPrint,
  RawOptionPrint,
  SmartMoneyEvent,
} from "../../engine/flow/mod.ts";
import { PROFILE_IDS } from "../../engine/regime/mod.ts";

function enrich(print: RawOptionPrint): OptionPrint {
  return {
    ...print,
    underlying_id: print.option_contract_id.split("-")[0] ?? "",
    option_type: print.option_contract_id.endsWith("C") ? "call" : "put",
    notional: print.price * print.size * 100,
    nbbo_side: "A",
    execution_nbbo_bid: null,
    execution_nbbo_ask: null,
    execution_nbbo_mid: null,
    execution_nbbo_spread: null,
    execution_nbbo_bid_size: null,
    execution_nbbo_ask_size: null,
    execution_nbbo_ts: null,
    execution_nbbo_age_ms: null,
    execution_nbbo_side: "A",
    execution_underlying_spot: null,
    execution_underlying_bid: null,
    execution_underlying_ask: null,
    execution_underlying_mid: null,
    execution_underlying_spread: null,
    execution_underlying_ts: null,
    execution_underlying_age_ms: null,
    execution_underlying_source: null,
    is_etf: print.option_contract_id.startsWith("SPY"),
    signal_pass: print.size > 60,
    signal_reasons: [],
    signal_profile: "smart-money",
  };
}

/** A pipeline that passes raw rows on and reads every burst of six prints as an event, 1.5 s later. */
export class ScriptedFlow implements FlowPipeline {
  readonly #sink: FlowSink;
  #burst: OptionPrint[] = [];
  #seq = 0;

  constructor(sink: FlowSink) {
    this.#sink = sink;
  }

  optionNbbo(record: OptionNbbo): void {
    this.#sink("nbbo", record);
  }

  equityQuote(record: EquityQuote): void {
    this.#sink("equity-quotes", record);
  }

  equityPrint(record: EquityPrint): void {
    this.#sink("equities", record);
  }

  optionPrint(record: RawOptionPrint): void {
    const print = enrich(record);
    this.#sink("options", print);
    if (print.conditions.length > 0) this.#burst.push(print);
  }

  advance(tsMs: number): void {
    const last = this.#burst.at(-1);
    if (last === undefined || tsMs < last.ts + 1_500) return;
    this.#sink("smart-money", this.#event(last, tsMs));
    this.#burst = [];
  }

  #event(last: OptionPrint, watermark: number): SmartMoneyEvent {
    const packet = `flowpacket:${last.option_contract_id}:${this.#burst[0]?.ts}:${last.ts}`;
    return {
      source_ts: last.ts,
      ingest_ts: watermark,
      seq: this.#seq++,
      trace_id: `smartmoney:${packet}`,
      event_id: `smartmoney:single_leg_event:${packet}`,
      packet_ids: [packet],
      member_print_ids: this.#burst.map((print) => print.trace_id),
      underlying_id: last.underlying_id,
      event_kind: "single_leg_event",
      event_window_ms: last.ts - (this.#burst[0]?.ts ?? last.ts),
      features: { print_count: this.#burst.length },
      profile_scores: PROFILE_IDS.map((profile_id, i) => ({
        profile_id,
        probability: i === 0 ? 0.8 : 0.1,
        confidence_band: i === 0 ? "high" : "low",
        direction: "bullish",
        reasons: [],
      })),
      primary_profile_id: "institutional_directional",
      primary_direction: "bullish",
      abstained: false,
      suppressed_reasons: [],
    };
  }
}
