import { ENG, type GridFrame } from "../frames/mod.ts";

/**
 * Order-flow imbalance at the best prices between the ends of neighbouring bins, contracts: what the
 * bid gained less what the ask gained. A better price counts its whole queue, a worse one takes the old
 * queue away. Positive is bullish.
 *
 * @see Cont, Kukanov and Stoikov (2014), "The price impact of order book events".
 */
export class FlowImbalance {
  readonly #tickNano: number;
  #bid = 0;
  #ask = 0;
  #bidSize = 0;
  #askSize = 0;

  /** @param tickNano Tick in 1e-9 currency units, > 0. */
  constructor(tickNano: number) {
    this.#tickNano = tickNano;
  }

  /** Takes one bin; 0 for the first and around bins without a two-sided book in the window. */
  update(frame: GridFrame): number {
    const { bestBidPriceInt: bid, bestAskPriceInt: ask } = frame;
    const bidSize = this.#sizeAt(frame, bid);
    const askSize = this.#sizeAt(frame, ask);
    let sum = 0;
    const known = this.#bid > 0 && frame.spotRefPriceInt > 0;
    if (known) {
      if (bid >= this.#bid) sum += bidSize;
      if (bid <= this.#bid) sum -= this.#bidSize;
      if (ask <= this.#ask) sum -= askSize;
      if (ask >= this.#ask) sum += this.#askSize;
    }
    this.#bid = frame.spotRefPriceInt > 0 ? bid : 0;
    this.#ask = ask;
    this.#bidSize = bidSize;
    this.#askSize = askSize;
    return sum;
  }

  /** Resting contracts at a price; 0 outside the window. */
  #sizeAt(frame: GridFrame, price: number): number {
    const radius = (frame.k.length - 1) / 2;
    const row = Math.round((price - frame.spotRefPriceInt) / this.#tickNano) + radius;
    return frame.engine[ENG.REST_DEPTH]![row] ?? 0;
  }
}
