import { FAINT, gammaFactor, REACH } from "./gamma_profile.ts";
import { exp, log } from "../../dmath/mod.ts";

/**
 * How far the price of zero gamma is uncertain by the spreads of the quotes: the prices around it at which the total
 * can be 0 with the volatility of every strike at that of its bid or of its ask, whichever way each.
 */
export class ZeroGammaRange {
  /** Least price, points; not below 60 under the future. */
  low = NaN;
  /** Greatest price. */
  high = NaN;
  readonly #lnStrike: Float64Array;
  readonly #bidDeviation: Float64Array;
  readonly #askDeviation: Float64Array;
  readonly #weight: Float64Array;
  #count = 0;
  #middle = 1;
  #least = 0;
  #most = 0;

  /** @param capacity Most strikes. */
  constructor(capacity: number) {
    this.#lnStrike = new Float64Array(capacity);
    this.#bidDeviation = new Float64Array(capacity);
    this.#askDeviation = new Float64Array(capacity);
    this.#weight = new Float64Array(capacity);
  }

  /**
   * Takes positions, and finds the range around a price of zero gamma (NaN: none, and no range).
   *
   * @param strikePoints Shape [strikes]: > 0. @param bidIv,askIv Annual; NaN leaves a strike out.
   * @param position Net of calls and puts, contracts. @param years To expiry, > 0.
   */
  take(
    strikePoints: Float64Array,
    bidIv: Float64Array,
    askIv: Float64Array,
    position: Float64Array,
    years: number,
    zeroGammaPoints: number,
    futurePoints: number,
  ): void {
    this.low = this.high = NaN;
    if (Number.isNaN(zeroGammaPoints)) return;
    const root = Math.sqrt(years);
    const factor = gammaFactor(years);
    const middle = this.#middle = zeroGammaPoints;
    let count = 0;
    for (let strike = 0; strike < strikePoints.length; strike++) {
      if (!(bidIv[strike]! > 0 && askIv[strike]! > 0) || position[strike] === 0) continue;
      this.#lnStrike[count] = log(strikePoints[strike]! / middle);
      this.#bidDeviation[count] = bidIv[strike]! * root;
      this.#askDeviation[count] = askIv[strike]! * root;
      this.#weight[count] = position[strike]! * factor;
      count++;
    }
    this.#count = count;
    this.low = this.#edge(zeroGammaPoints, -1, futurePoints - REACH);
    this.high = this.#edge(zeroGammaPoints, 1, futurePoints + REACH);
  }

  /** Walks from a price, a point at a time, to where the total cannot be 0; between the last two linear. */
  #edge(from: number, step: 1 | -1, end: number): number {
    this.#bound(from);
    if (this.#least > 0 || this.#most < 0) return from; // a smile of bids is not below one of asks everywhere
    for (let at = from; (end - at) * step > 0; at += step) {
      const least = this.#least;
      const most = this.#most;
      this.#bound(at + step);
      if (this.#least > 0) return at + step * (-least) / (this.#least - least);
      if (this.#most < 0) return at + step * most / (most - this.#most);
    }
    return end;
  }

  /** Bounds of the total at a price. */
  #bound(points: number): void {
    let least = 0;
    let most = 0;
    const lnPoints = log(points / this.#middle);
    for (let i = 0; i < this.#count; i++) {
      const distance = lnPoints - this.#lnStrike[i]!;
      const weight = this.#weight[i]!;
      const bid = weight * density(distance, this.#bidDeviation[i]!);
      const ask = weight * density(distance, this.#askDeviation[i]!);
      least += Math.min(bid, ask);
      most += Math.max(bid, ask);
    }
    this.#least = least;
    this.#most = most;
  }
}

function density(distance: number, deviation: number): number {
  const d1 = distance / deviation + 0.5 * deviation;
  const exponent = -0.5 * d1 * d1;
  return exponent > FAINT ? exp(exponent) / deviation : 0;
}
