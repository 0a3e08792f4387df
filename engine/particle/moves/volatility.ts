const FAST = 0.02;
const SLOWEST = 0.001;
const WINSOR_SQ = 9;
const FLOOR_FIRST_SQ = 0.01;
const FLOOR_SQ = 1e-4;

/** State of a {@link Volatility}. */
export interface VolatilityState {
  readonly lastSpot: number;
  readonly variance: number;
  readonly count: number;
  readonly base: number;
  readonly fast: number;
  readonly sum: number;
}

/** Variance of the moves: of late, against its usual, and their mean. */
export class Volatility {
  #lastSpot = NaN;
  #variance = NaN;
  #count = 0;
  #base = 0;
  #fast = 0;
  #sum = 0;

  /** Mean square of the moves between present ticks of late, ticks^2; 0 before the first. */
  get variance(): number {
    return Number.isNaN(this.#variance) ? 0 : this.#variance;
  }

  /** Volatility of late against its usual, 0.5..2; jumps hardly move it. 1 before the first move. */
  get pace(): number {
    if (this.#count === 0) return 1;
    return Math.min(Math.max(Math.sqrt(this.#fast / this.#base), 0.5), 2);
  }

  /** Mean square of all moves from tick to tick, ticks^2; 0 before the first. */
  get meanSquare(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  /** Moves from tick to tick seen. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes a present tick.
   *
   * @param spot Ticks.
   * @param move Ticks since the tick before; NaN when that was missing.
   */
  take(spot: number, move: number): void {
    if (!Number.isNaN(this.#lastSpot)) {
      const squared = (spot - this.#lastSpot) ** 2;
      const seed = Number.isNaN(this.#variance) ? squared : this.#variance;
      this.#variance = seed + FAST * (squared - seed);
    }
    this.#lastSpot = spot;
    if (!Number.isNaN(move)) this.#takeMove(move * move);
  }

  #takeMove(squared: number): void {
    if (this.#count === 0) this.#base = this.#fast = Math.max(squared, FLOOR_FIRST_SQ);
    else {
      const share = Math.max(SLOWEST, 1 / (this.#count + 1));
      this.#base = Math.max(FLOOR_SQ, this.#base + share * (squared - this.#base));
      this.#fast += FAST * (Math.min(squared, WINSOR_SQ * this.#base) - this.#fast);
    }
    this.#count++;
    this.#sum += squared;
  }

  /** Whole state. */
  save(): VolatilityState {
    return {
      lastSpot: this.#lastSpot,
      variance: this.#variance,
      count: this.#count,
      base: this.#base,
      fast: this.#fast,
      sum: this.#sum,
    };
  }

  /** Goes on from a state. */
  restore(state: VolatilityState): void {
    this.#lastSpot = state.lastSpot;
    this.#variance = state.variance;
    this.#count = state.count;
    this.#base = state.base;
    this.#fast = state.fast;
    this.#sum = state.sum;
  }
}
