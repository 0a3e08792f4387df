import { writeAllGreeks } from "../../options/mod.ts";
import { FUTURE_RATE, PRICE_UNITS } from "../profile/mod.ts";
import type { OptionQuotes } from "../windows/mod.ts";
import type { ChainIndex } from "./chain_index.ts";
import { midOf } from "./quotes.ts";
import type { Volatilities } from "./volatilities.ts";

const CARRY = { rate: FUTURE_RATE, dividendYield: FUTURE_RATE };
const DAYS = 365;

/** Greeks of every option of the chain at the end of a window, in the chain's order; NaN stands for null. */
export class GreekRows {
  /** Rows: all of the chain, or 0 in a window without spot or after the expiry. */
  count = 0;
  readonly instrumentId: Float64Array;
  readonly isCall: Uint8Array;
  readonly strikeInt: Float64Array;
  /** 1e-9 points; 0 unless both quotes are there and not crossed or locked. */
  readonly midInt: Float64Array;
  readonly years: Float64Array;
  /** Annual; NaN none. */
  readonly iv: Float64Array;
  /** Place in `IV_SOURCES`. */
  readonly ivSource: Uint8Array;
  readonly delta: Float64Array;
  /** Per point. */
  readonly gamma: Float64Array;
  /** Points per 1.00 of volatility. */
  readonly vega: Float64Array;
  /** Points per day. */
  readonly thetaDay: Float64Array;
  /** Delta per 1.00 of volatility. */
  readonly vanna: Float64Array;
  /** Delta per day. */
  readonly charmDay: Float64Array;
  readonly openInterest: Float64Array;
  /** Windows since the strike was solved last; -1 never. */
  readonly staleS: Int32Array;
  readonly #index: ChainIndex;
  readonly #contracts;
  readonly #out;

  constructor(index: ChainIndex) {
    const { chain, strikeRow, strikePoints } = index;
    const rows = chain.instrumentId.length;
    const column = () => new Float64Array(rows);
    this.#index = index;
    this.instrumentId = chain.instrumentId;
    this.isCall = chain.isCall;
    this.strikeInt = chain.strikeInt;
    this.openInterest = chain.openInterest;
    this.midInt = column();
    this.years = column();
    this.iv = column();
    this.ivSource = new Uint8Array(rows);
    this.delta = column();
    this.gamma = column();
    this.vega = column();
    this.thetaDay = column();
    this.vanna = column();
    this.charmDay = column();
    this.staleS = new Int32Array(rows);
    this.#contracts = {
      right: Int8Array.from(chain.isCall, (isCall) => isCall === 1 ? 1 : -1),
      spot: column(),
      strike: Float64Array.from(strikeRow, (strike) => strikePoints[strike]!),
      years: this.years,
    };
    const { delta, gamma, vega, thetaDay: theta, vanna, charmDay: charm } = this;
    this.#out = { price: column(), delta, gamma, vega, theta, vanna, charm };
  }

  /** @param futureInt 1e-9 points, > 0. @param years > 0. */
  take(quotes: OptionQuotes, volatilities: Volatilities, futureInt: number, years: number): void {
    const { strikeRow } = this.#index;
    this.#contracts.spot.fill(futureInt / PRICE_UNITS);
    this.years.fill(years);
    for (let row = 0; row < strikeRow.length; row++) {
      const strike = strikeRow[row]!;
      this.midInt[row] = midOf(quotes, row);
      this.iv[row] = volatilities.iv[strike]!;
      this.ivSource[row] = volatilities.source[strike]!;
      this.staleS[row] = volatilities.staleS[strike]!;
    }
    writeAllGreeks(this.#contracts, this.iv, CARRY, this.#out);
    for (let row = 0; row < strikeRow.length; row++) {
      this.thetaDay[row]! /= DAYS;
      this.charmDay[row]! /= DAYS;
    }
    this.count = strikeRow.length;
  }
}
