import { type LatentMarket, UNIVERSE } from "../../regime/mod.ts";

const MINUTE_MS = 60_000;

/** Lowest and highest price of an underlying since the open, USD. */
export interface PriceRange {
  readonly low: number;
  readonly high: number;
}

interface Known {
  minutes: number;
  low: number;
  high: number;
}

/** How far underlyings have been today, before order flow: their prices at whole minutes from the open on. */
export class DayRange {
  readonly #market: LatentMarket;
  readonly #known: Known[] = UNIVERSE.map(() => ({ minutes: -1, low: Infinity, high: -Infinity }));

  constructor(market: LatentMarket) {
    this.#market = market;
  }

  /** The range of a symbol up to an instant of the session; the same whatever was asked before. */
  at(symbol: number, tsMs: number): PriceRange {
    const { openTs } = this.#market.session;
    const minutes = Math.max(0, Math.floor((tsMs - openTs) / MINUTE_MS));
    let known = this.#known[symbol];
    if (known === undefined || known.minutes > minutes) {
      known = { minutes: -1, low: Infinity, high: -Infinity };
      this.#known[symbol] = known;
    }
    while (known.minutes < minutes) {
      known.minutes++;
      const price = this.#market.basePrice(symbol, openTs + known.minutes * MINUTE_MS);
      if (price < known.low) known.low = price;
      if (price > known.high) known.high = price;
    }
    return known;
  }
}
