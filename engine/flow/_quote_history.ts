import type { Touched } from "./_bounded_map.ts";

/** What a join needs of a quote. */
export interface Quote {
  readonly ts: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly trace_id: string;
}

const KEPT = 4;

/**
 * The newest quotes of one instrument: the last one for prints in order, three more for prints that come
 * late. A join never takes a quote from after the trade.
 */
export class QuoteHistory implements Touched {
  touchedTs = 0;
  readonly #quotes: (Quote | null)[] = new Array<Quote | null>(KEPT).fill(null);
  #newest = 0;

  /** Adds a quote; one that is older than the newest comes too late to matter. */
  push(quote: Quote, nowMs: number): void {
    const newest = this.#quotes[this.#newest] ?? null;
    if (newest !== null && quote.ts < newest.ts) return;
    this.#newest = (this.#newest + 1) % KEPT;
    this.#quotes[this.#newest] = quote;
    this.touchedTs = nowMs;
  }

  /** The last quote with ts ≤ `tsMs`, or null when none is kept. */
  at(tsMs: number): Quote | null {
    for (let back = 0; back < KEPT; back++) {
      const quote = this.#quotes[(this.#newest + KEPT - back) % KEPT] ?? null;
      if (quote === null || quote.ts <= tsMs) return quote;
    }
    return null;
  }
}

/** Whether both sides are quoted. */
export function isTwoSided(quote: Quote): boolean {
  return quote.bid > 0 && quote.ask > 0;
}
