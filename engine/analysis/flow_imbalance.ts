import { type BestQuote, quoteImbalance } from "../book/mod.ts";
import { ENG, type GridFrame } from "../frames/mod.ts";

/**
 * Order-flow imbalance at the best prices between the ends of neighbouring bins, contracts.
 *
 * @see {@link quoteImbalance} for the sign.
 */
export class FlowImbalance {
  readonly #tickNano: number;
  #last: BestQuote | null = null;

  /** @param tickNano Tick in 1e-9 currency units, > 0. */
  constructor(tickNano: number) {
    this.#tickNano = tickNano;
  }

  /** Takes one bin; 0 for the first and around bins without a two-sided book in the window. */
  update(frame: GridFrame): number {
    const { bestBidPriceInt: bid, bestAskPriceInt: ask } = frame;
    const previous = this.#last;
    const next: BestQuote = [bid, this.#sizeAt(frame, bid), ask, this.#sizeAt(frame, ask)];
    this.#last = frame.spotRefPriceInt > 0 && bid > 0 ? next : null;
    return previous === null || frame.spotRefPriceInt <= 0 ? 0 : quoteImbalance(previous, next);
  }

  /** Resting contracts at a price; 0 outside the window. */
  #sizeAt(frame: GridFrame, price: number): number {
    const radius = (frame.k.length - 1) / 2;
    const row = Math.round((price - frame.spotRefPriceInt) / this.#tickNano) + radius;
    return frame.engine[ENG.REST_DEPTH]![row] ?? 0;
  }
}
