import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
} from "../../engine/frames/records.ts";
import type { RawSink } from "../../engine/frames/raw_sink.ts";
import { type ControlEntry, type Session, u01 } from "../../engine/regime/mod.ts";
import type { TapeSource } from "../../engine/tape/market_tape_types.ts";

const SECOND_MS = 1_000;
const SYMBOLS = ["SPY", "NVDA", "AAPL"] as const;
const PRICES: Readonly<Record<string, number>> = { SPY: 590, NVDA: 140, AAPL: 235 };
const SESSION_MS = 390 * 60_000;

function round(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * 1e6) / 1e6;
}

/** How a {@link ScriptedTape} differs from the usual. */
export interface ScriptOptions {
  /** Further NBBO rows per second and symbol. */
  readonly extraQuotes?: number;
  /** Seconds of every minute in which an option burst happens; every fortieth when omitted. */
  readonly burst?: (second: number) => boolean;
}

/**
 * A small tape that is a pure function of the second: in every second each of three symbols has quotes
 * and an equity print, and every third one an
 * option print; in some seconds a burst of them at the ask. A control entry moves
 * the option sizes, so that tests see when it comes into force. Sessions fill the day from midnight UTC.
 */
export class ScriptedTape implements TapeSource {
  readonly #options: ScriptOptions;
  readonly #entries: ControlEntry[];
  #positionMs = 0;
  #counts: [number, number, number, number] = [0, 0, 0, 0];

  constructor(timeline: readonly ControlEntry[], options: ScriptOptions = {}) {
    this.#entries = [...timeline];
    this.#options = options;
  }

  sessionAt(tsMs: number): Session {
    const day = Math.floor(tsMs / 86_400_000) * 86_400_000;
    const loop = Math.floor((tsMs - day) / SESSION_MS);
    const openTs = day + loop * SESSION_MS;
    const closeTs = Math.min(openTs + SESSION_MS, day + 86_400_000);
    const date = Number(new Date(day).toISOString().slice(0, 10).replaceAll("-", ""));
    const minutes = (closeTs - openTs) / 60_000;
    return { id: date * 10 + loop, date, loop, openTs, closeTs, minutes };
  }

  seek(tsMs: number): void {
    this.#positionMs = tsMs;
  }

  control(entry: ControlEntry): void {
    if (entry.activate_at < this.#positionMs) {
      throw new RangeError(`Cannot change the past: ${entry.activate_at}`);
    }
    this.#entries.push(entry);
  }

  advance(untilMs: number, sink: RawSink): void {
    for (; this.#positionMs < untilMs; this.#positionMs += SECOND_MS) {
      this.#second(this.#positionMs, sink);
    }
  }

  #seed(tsMs: number): number {
    let seed = 11;
    for (const entry of this.#entries) {
      if (entry.activate_at <= tsMs) seed = entry.snapshot.shared_seed;
    }
    return seed;
  }

  #second(secondMs: number, sink: RawSink): void {
    this.#counts = [0, 0, 0, 0];
    const second = secondMs / SECOND_MS;
    const burst = this.#options.burst ?? ((at: number) => at % 40 === 0);
    const rows: (readonly [number, number, () => void])[] = [];
    SYMBOLS.forEach((symbol, i) => {
      const mid = (PRICES[symbol] ?? 100) * (1 + 0.001 * (u01(7, i, second) - 0.5));
      const at = (offset: number, rank: number, make: (tsMs: number) => void) =>
        rows.push([secondMs + offset, rank, () => make(secondMs + offset)]);
      for (let q = 0; q <= (this.#options.extraQuotes ?? 0); q++) {
        at(
          (100 + 10 * i + 37 * q) % 1_000,
          0,
          (ts) => sink.optionNbbo(this.#nbbo(ts, symbol, mid)),
        );
      }
      at(20 + i, 2, (ts) => sink.equityQuote(this.#quote(ts, symbol, mid)));
      at(400 + 10 * i, 3, (ts) => sink.equityPrint(this.#equityPrint(ts, symbol, mid)));
      const isBurst = burst(second) && i === second / 40 % 3;
      // Pauses between single prints end their packets, so that what a packet is depends on little past.
      const prints = isBurst ? 6 : second % 3 === i ? 1 : 0;
      for (let k = 0; k < prints; k++) {
        at(300 + 40 * i + 90 * k, 1, (ts) => sink.optionPrint(this.#print(ts, symbol, k)));
      }
    });
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [, , emit] of rows) emit();
  }

  #head(code: "nb" | "op" | "eq" | "ep", rank: 0 | 1 | 2 | 3, ts: number) {
    const session = this.sessionAt(ts);
    const seq = Math.floor((ts - session.openTs) / SECOND_MS) * 8_192 + this.#counts[rank]++;
    const trace_id = `syn-${code}-${session.id}-${seq.toString(36)}`;
    return { source_ts: ts, ingest_ts: ts, ts, seq, trace_id };
  }

  #contract(symbol: string): string {
    return `${symbol}-2027-01-15-${PRICES[symbol]}-C`;
  }

  #nbbo(ts: number, symbol: string, mid: number): OptionNbbo {
    const bid = round(mid * 0.02, 0.05);
    return {
      ...this.#head("nb", 0, ts),
      option_contract_id: this.#contract(symbol),
      bid,
      ask: round(bid + 0.1, 0.05),
      bidSize: 20,
      askSize: 30,
    };
  }

  #print(ts: number, symbol: string, k: number): RawOptionPrint {
    const mid = PRICES[symbol] ?? 100;
    const size = 20 + Math.floor(100 * u01(this.#seed(ts), ts / SECOND_MS | 0, k));
    return {
      ...this.#head("op", 1, ts),
      option_contract_id: this.#contract(symbol),
      price: round(mid * 0.02 + 0.1, 0.05),
      size,
      exchange: ["CBOE", "ISE", "PHLX", "ARCA"][k % 4] ?? "CBOE",
      conditions: k > 0 ? ["ISO"] : [],
      execution_iv: 0.3,
      execution_iv_source: "synthetic_pressure_model",
    };
  }

  #quote(ts: number, symbol: string, mid: number): EquityQuote {
    return {
      ...this.#head("eq", 2, ts),
      underlying_id: symbol,
      bid: round(mid - 0.01, 0.01),
      ask: round(mid + 0.01, 0.01),
      bidSize: 200,
      askSize: 300,
    };
  }

  #equityPrint(ts: number, symbol: string, mid: number): EquityPrint {
    return {
      ...this.#head("ep", 3, ts),
      underlying_id: symbol,
      price: round(mid + 0.01, 0.01),
      size: 100,
      exchange: "Q",
      offExchangeFlag: false,
      conditions: [],
    };
  }
}
