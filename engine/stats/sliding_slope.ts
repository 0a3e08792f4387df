/** Copy of a slope's window, fit for structured clone. */
export interface SlidingSlopeState {
  readonly ring: Float64Array;
  readonly head: number;
  readonly count: number;
}

/**
 * Least-squares slope of the newest `length` values against x = 0, 1, …, length − 1; the sums are
 * taken afresh each time, oldest value first, so no rounding error builds up.
 */
export class SlidingSlope {
  readonly #ring: Float64Array;
  readonly #sumX: number;
  readonly #denominator: number;
  #head = 0;
  #count = 0;

  /**
   * @param length Values per line, an integer of at least 2.
   * @throws {RangeError} When the length is not such an integer.
   */
  constructor(length: number) {
    if (!Number.isInteger(length) || length < 2) {
      throw new RangeError(
        `Cannot create a sliding slope as its length must be an integer >= 2: it is ${length}`,
      );
    }
    this.#ring = new Float64Array(length);
    this.#sumX = length * (length - 1) / 2;
    const sumXx = (length - 1) * length * (2 * length - 1) / 6;
    this.#denominator = length * sumXx - this.#sumX * this.#sumX;
  }

  /** Adds a value and returns the slope per step, NaN until `length` values are in. */
  push(y: number): number {
    const ring = this.#ring;
    const n = ring.length;
    ring[this.#head] = y;
    this.#head = this.#head + 1 === n ? 0 : this.#head + 1;
    if (this.#count < n) this.#count++;
    if (this.#count < n) return NaN;
    let sumY = 0;
    let sumXy = 0;
    let at = this.#head;
    for (let x = 0; x < n; x++) {
      const value = ring[at]!;
      sumY += value;
      sumXy += x * value;
      at = at + 1 === n ? 0 : at + 1;
    }
    return (n * sumXy - this.#sumX * sumY) / this.#denominator;
  }

  /** Forgets all values. */
  reset(): void {
    this.#head = 0;
    this.#count = 0;
  }

  save(): SlidingSlopeState {
    return { ring: this.#ring.slice(), head: this.#head, count: this.#count };
  }

  /** Puts back a copy of a window of the same length. */
  restore(state: SlidingSlopeState): void {
    this.#ring.set(state.ring);
    this.#head = state.head;
    this.#count = state.count;
  }
}
