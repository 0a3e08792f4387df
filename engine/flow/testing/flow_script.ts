import type { CalendarEntry } from "../../regime/mod.ts";
import { FlowEngine, type FlowOptions } from "../flow_engine.ts";
import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  StreamName,
  StreamRecords,
} from "../../frames/records.ts";
import {
  DEFAULT_FLOW_CONFIG,
  type FlowConfig,
  type FlowPipeline,
  type ReferenceData,
} from "../sink.ts";

/** 14 January 2026, 10:00 in New York: a Wednesday. */
export const TEN = Date.UTC(2026, 0, 14, 15, 0, 0);

/** Records that a pipeline sent, by stream. */
export type Sent = { readonly [S in StreamName]: StreamRecords[S][] };

/** Empty lists for every stream. */
export function emptySent(): Sent {
  return {
    options: [],
    nbbo: [],
    equities: [],
    "equity-quotes": [],
    candles: [],
    "equity-joins": [],
    "inferred-dark": [],
    flow: [],
    "smart-money": [],
    "classifier-hits": [],
    alerts: [],
  };
}

/** Reference data with steps of 2.5 USD, ETFs SPY and QQQ, and the given calendar. */
export function referenceWith(events: readonly CalendarEntry[] = []): ReferenceData {
  return {
    isSynthetic: true,
    events: (id) => events.filter((entry) => entry.underlying_id === id),
    strikeStep: () => 2.5,
    isEtf: (id) => id === "SPY" || id === "QQQ",
  };
}

/** A pipeline that keeps everything it sends. */
export function keepingEngine(
  reference: ReferenceData = referenceWith(),
  config: FlowConfig = DEFAULT_FLOW_CONFIG,
  options: FlowOptions = {},
): { readonly engine: FlowEngine; readonly sent: Sent } {
  const sent = emptySent();
  const engine = new FlowEngine(
    config,
    reference,
    (stream, record) => {
      (sent[stream] as typeof record[]).push(record);
    },
    options,
  );
  return { engine, sent };
}

/** A raw record of any stream. */
export type Raw =
  | { readonly rank: 0; readonly record: OptionNbbo }
  | { readonly rank: 1; readonly record: RawOptionPrint }
  | { readonly rank: 2; readonly record: EquityQuote }
  | { readonly rank: 3; readonly record: EquityPrint };

/** Gives one record to a pipeline. */
export function feed(engine: FlowPipeline, raw: Raw): void {
  switch (raw.rank) {
    case 0:
      engine.optionNbbo(raw.record);
      break;
    case 1:
      engine.optionPrint(raw.record);
      break;
    case 2:
      engine.equityQuote(raw.record);
      break;
    case 3:
      engine.equityPrint(raw.record);
      break;
  }
}

/** Writes a raw tape by hand. Numbers and ids follow from the order of the calls. */
export class FlowScript {
  readonly records: Raw[] = [];
  #seq = 0;

  #head(ts: number, stream: string) {
    const seq = this.#seq++;
    return { source_ts: ts, ingest_ts: ts, seq, trace_id: `t-${stream}-${seq}`, ts };
  }

  nbbo(ts: number, contract: string, bid: number, ask: number): this {
    this.records.push({
      rank: 0,
      record: {
        ...this.#head(ts, "nb"),
        option_contract_id: contract,
        bid,
        ask,
        bidSize: 20,
        askSize: 30,
      },
    });
    return this;
  }

  print(
    ts: number,
    contract: string,
    price: number,
    size: number,
    change: Partial<RawOptionPrint> = {},
  ): this {
    this.records.push({
      rank: 1,
      record: {
        ...this.#head(ts, "op"),
        option_contract_id: contract,
        price,
        size,
        exchange: "CBOE",
        conditions: [],
        execution_iv: 0.4,
        execution_iv_source: "provider",
        ...change,
      },
    });
    return this;
  }

  quote(ts: number, symbol: string, bid: number, ask: number): this {
    this.records.push({
      rank: 2,
      record: {
        ...this.#head(ts, "eq"),
        underlying_id: symbol,
        bid,
        ask,
        bidSize: 300,
        askSize: 400,
      },
    });
    return this;
  }

  stock(
    ts: number,
    symbol: string,
    price: number,
    size: number,
    change: Partial<EquityPrint> = {},
  ): this {
    this.records.push({
      rank: 3,
      record: {
        ...this.#head(ts, "ep"),
        underlying_id: symbol,
        price,
        size,
        exchange: "NYSE",
        offExchangeFlag: false,
        conditions: [],
        ...change,
      },
    });
    return this;
  }

  /** Quotes of an underlying every second, each moving the mid by `stepUsd`. */
  drift(fromTs: number, seconds: number, symbol: string, mid: number, stepUsd = 0): this {
    for (let s = 0; s < seconds; s++) {
      // Alternating by a cent, so that the rolling deviation is not zero.
      const at = mid + s * stepUsd + (s % 2) * 0.01;
      this.quote(fromTs + s * 1_000, symbol, at - 0.01, at + 0.01);
    }
    return this;
  }

  /** Runs the script in order of time through a fresh pipeline, up to `untilTs`. */
  run(untilTs: number, reference: ReferenceData = referenceWith()): Sent {
    const { engine, sent } = keepingEngine(reference);
    for (const raw of sorted(this.records)) feed(engine, raw);
    engine.advance(untilTs);
    return sent;
  }
}

/** Records in the order in which raw streams arrive: (ts, rank, seq). */
export function sorted(records: readonly Raw[]): Raw[] {
  return [...records].sort((a, b) =>
    a.record.ts - b.record.ts || a.rank - b.rank || a.record.seq - b.record.seq
  );
}
