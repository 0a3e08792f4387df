/** Half-lives of the two averages, samples. */
const FAST_HALF_LIFE = 30;
const SLOW_HALF_LIFE = 300;
const FAST_KEEP = 2 ** (-1 / FAST_HALF_LIFE);
const SLOW_KEEP = 2 ** (-1 / SLOW_HALF_LIFE);

/**
 * Least deviation, ticks: one move of half a tick in a hundred samples. A market that stands still has
 * none of its own, and nothing can be measured in units of zero.
 */
export const LEAST_SIGMA_TICKS = 0.05;

/** Copy of a volatility, fit for structured clone: weighted sums of squares and of weights, fast and slow. */
export type VolatilityState = readonly [
  fastSum: number,
  fastWeight: number,
  slowSum: number,
  slowWeight: number,
];

/**
 * Deviation of the move from one sample to the next: the root of the mean of two exponentially weighted
 * means of squared moves, one that forgets half in 30 samples and one that does in 300. Each mean is
 * divided by its own weights, so that it is a mean of what was seen from the first move on.
 *
 * @see docs/methods/cone.md, "The deviation".
 */
export class Volatility {
  #fastSum = 0;
  #fastWeight = 0;
  #slowSum = 0;
  #slowWeight = 0;

  /** Ticks per root of a sample's time, at least 0.05; NaN before the first move. */
  get sigma(): number {
    const variance = (this.#fastSum / this.#fastWeight + this.#slowSum / this.#slowWeight) / 2;
    return Math.max(LEAST_SIGMA_TICKS, Math.sqrt(variance));
  }

  /** Takes a move, ticks of either sign. */
  add(move: number): void {
    const square = move * move;
    this.#fastSum = FAST_KEEP * this.#fastSum + square;
    this.#fastWeight = FAST_KEEP * this.#fastWeight + 1;
    this.#slowSum = SLOW_KEEP * this.#slowSum + square;
    this.#slowWeight = SLOW_KEEP * this.#slowWeight + 1;
  }

  save(): VolatilityState {
    return [this.#fastSum, this.#fastWeight, this.#slowSum, this.#slowWeight];
  }

  restore(state: VolatilityState): void {
    [this.#fastSum, this.#fastWeight, this.#slowSum, this.#slowWeight] = state;
  }
}
