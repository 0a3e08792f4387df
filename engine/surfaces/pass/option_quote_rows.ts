import type { SurfaceWindows } from "../windows/mod.ts";

const UNITS = 1e9;

/**
 * Best prices of every option with two sides at the end of a window, by instrument. Columns are kept: the
 * next window overwrites them.
 */
export class OptionQuoteRows {
  count = 0;
  readonly instrumentId: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  readonly strikePriceInt: Float64Array;
  readonly bidPriceInt: Float64Array;
  readonly askPriceInt: Float64Array;
  /** Points. */
  readonly midPrice: Float64Array;
  /** 1e-9 points; may end in a half. */
  readonly midPriceInt: Float64Array;
  readonly bookValid: Uint8Array;

  /** @param options Most rows of a window. */
  constructor(options: number) {
    const column = () => new Float64Array(options);
    this.instrumentId = column();
    this.isCall = new Uint8Array(options);
    this.strikePriceInt = column();
    this.bidPriceInt = column();
    this.askPriceInt = column();
    this.midPrice = column();
    this.midPriceInt = column();
    this.bookValid = new Uint8Array(options);
  }

  take({ options, quotes }: SurfaceWindows): void {
    this.count = 0;
    for (let option = 0; option < quotes.bidInt.length; option++) {
      const bid = quotes.bidInt[option]!;
      const ask = quotes.askInt[option]!;
      if (bid === 0) continue;
      const i = this.count++;
      this.instrumentId[i] = options.instrumentId[option]!;
      this.isCall[i] = options.isCall[option]!;
      this.strikePriceInt[i] = options.strikeInt[option]!;
      this.bidPriceInt[i] = bid;
      this.askPriceInt[i] = ask;
      this.midPriceInt[i] = (bid + ask) / 2;
      this.midPrice[i] = (bid + ask) / 2 / UNITS;
      this.bookValid[i] = quotes.isValid[option]!;
    }
  }
}
