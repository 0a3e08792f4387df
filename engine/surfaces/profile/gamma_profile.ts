import { exp, log } from "../../dmath/mod.ts";
import { CONTRACT_MULTIPLIER, FUTURE_RATE } from "./units.ts";

const SQRT_TWO_PI = 2.5066282746310002;
/** A density below e to it is nothing beside the others. */
export const FAINT = -40;
/** Points on each side of the future in which zero gamma is looked for. */
export const REACH = 60;
const POINTS = 2 * REACH + 1;
/** Of the largest value: what is less is noise of far strikes. */
const NOISE = 1e-6;

/** What a contract's e^(-d1²/2), over deviation and price, counts. @param years To expiry. */
export function gammaFactor(years: number): number {
  return CONTRACT_MULTIPLIER * exp(-FUTURE_RATE * years) / SQRT_TWO_PI;
}

/**
 * Total gamma of positions in a chain at any price of its future, volatilities fixed by strike. Calls and puts of a
 * strike have one gamma, so a strike counts once. Black (1976), at the bits of `engine/dmath`.
 */
export class GammaProfile {
  readonly #slope: Float64Array;
  readonly #offset: Float64Array;
  readonly #weight: Float64Array;
  readonly #values = new Float64Array(POINTS);
  #count = 0;
  #middle = 1;
  /** No total is larger, times its price. */
  #most = 0;

  /** @param capacity Most strikes. */
  constructor(capacity: number) {
    this.#slope = new Float64Array(capacity);
    this.#offset = new Float64Array(capacity);
    this.#weight = new Float64Array(capacity);
  }

  /**
   * Takes positions. A strike without volatility (NaN) or position is left out.
   *
   * @param strikePoints Shape [strikes]: > 0. @param iv Annual. @param position Net of calls and puts, contracts.
   * @param years To expiry, > 0.
   */
  take(
    strikePoints: Float64Array,
    iv: Float64Array,
    position: Float64Array,
    years: number,
  ): void {
    const root = Math.sqrt(years);
    const factor = gammaFactor(years);
    const middle = this.#middle = strikePoints[strikePoints.length >> 1] ?? 1;
    let count = 0;
    let most = 0;
    for (let strike = 0; strike < strikePoints.length; strike++) {
      const deviation = iv[strike]! * root;
      if (!(deviation > 0) || position[strike] === 0) continue;
      this.#slope[count] = 1 / deviation;
      this.#offset[count] = 0.5 * deviation - log(strikePoints[strike]! / middle) / deviation;
      this.#weight[count] = position[strike]! * factor / deviation;
      most += Math.abs(this.#weight[count]!);
      count++;
    }
    this.#count = count;
    this.#most = most;
  }

  /** Total gamma exposure with the future at `points` (> 0): USD per point, per point. */
  at(points: number): number {
    const lnFuture = log(points / this.#middle);
    let sum = 0;
    for (let i = 0; i < this.#count; i++) {
      const d1 = this.#slope[i]! * lnFuture + this.#offset[i]!;
      const exponent = -0.5 * d1 * d1;
      if (exponent > FAINT) sum += this.#weight[i]! * exp(exponent);
    }
    return sum / points;
  }

  /** Writes {@link at} of `lowPoints`, `lowPoints + stepPoints`, … over the whole of `out`. */
  write(lowPoints: number, stepPoints: number, out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.at(lowPoints + stepPoints * i);
  }

  /**
   * Price within 60 points of the future at which the total changes its sign, of several the nearest and of two the
   * lower: between points of a grid of 1 point around the future, linear. NaN when it does not.
   */
  zeroGamma(futurePoints: number): number {
    const values = this.#values;
    const low = futurePoints - REACH;
    const noise = NOISE * this.#most / low; // at least: no total is larger
    values[REACH] = this.at(futurePoints);
    let isClear = Math.abs(values[REACH]!) >= noise;
    let ring = 0;
    while (isClear && ring < REACH) {
      ring++;
      this.#writeRing(low, ring);
      isClear = Math.abs(values[REACH - ring]!) >= noise &&
        Math.abs(values[REACH + ring]!) >= noise;
      const nearest = nearer(
        crossingAfter(values, REACH - ring),
        crossingAfter(values, REACH + ring - 1),
      );
      if (isClear && !Number.isNaN(nearest)) return low + nearest;
    }
    if (isClear) return NaN;
    while (ring < REACH) this.#writeRing(low, ++ring);
    return low + nearestCrossing(values);
  }

  /** Writes both points of the grid that are `ring` from its middle. */
  #writeRing(low: number, ring: number): void {
    this.#values[REACH - ring] = this.at(low + (REACH - ring));
    this.#values[REACH + ring] = this.at(low + (REACH + ring));
  }
}

/** Place of the change of sign nearest to the middle of the grid when what is only noise counts as 0; NaN none. */
function nearestCrossing(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < POINTS; i++) most = Math.max(most, Math.abs(values[i]!));
  for (let i = 0; i < POINTS; i++) if (Math.abs(values[i]!) < NOISE * most) values[i] = 0;
  let best = NaN;
  for (let i = 0; i + 1 < POINTS; i++) best = nearer(best, crossingAfter(values, i));
  return best;
}

/** Of two places the one nearer to the middle of the grid, of equals the lower, which comes first; of one that is NaN the other. */
function nearer(lower: number, higher: number): number {
  if (Number.isNaN(lower)) return higher;
  return Math.abs(higher - REACH) < Math.abs(lower - REACH) ? higher : lower;
}

/** Place of a change of sign between points `i` and `i + 1`, or at `i + 1` if that one is 0; NaN when there is none. */
function crossingAfter(values: Float64Array, i: number): number {
  const before = values[i]!;
  const after = values[i + 1]!;
  if (before * after < 0) return i + before / (before - after);
  if (before !== 0 && after === 0 && before * (values[i + 2] ?? 0) < 0) return i + 1;
  return NaN;
}
