import { insertSorted, replaceSorted, writeMedianMad } from "./sorted_window.ts";

/** Makes the MAD of a normal sample estimate its standard deviation. */
export const MAD_TO_SIGMA = 1.4826;

/** Copy of a window, fit for structured clone. */
export interface SlidingQuantilesState {
  readonly values: Float64Array;
  readonly head: number;
  readonly count: number;
}

/**
 * Exact order statistics of the newest values of a stream: `push` costs O(log n) comparisons and
 * one memory move, every reading O(log n) or less; nothing is allocated after construction.
 *
 * Results equal those of sorting the window to the last bit.
 *
 * @see docs/methods/spectrum.md, "Exact median and MAD of a sliding window".
 */
export class SlidingQuantiles {
  readonly #capacity: number;
  /** The sorted window, then the ring of arrival, then the value that is coming in. */
  readonly #values: Float64Array;
  /** Median and MAD, good while `#fresh`. */
  readonly #centre = new Float64Array(2);
  #fresh = false;
  #head = 0;
  #count = 0;

  /**
   * @param capacity Values kept, an integer of at least 1.
   * @throws {RangeError} When the capacity is not such an integer.
   */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(
        `Cannot create a sliding window as its capacity must be an integer >= 1: it is ${capacity}`,
      );
    }
    this.#capacity = capacity;
    this.#values = new Float64Array(2 * capacity + 1);
  }

  /** Values in the window, 0 to the capacity. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds a value; the oldest leaves when the window is full.
   *
   * @param value Any number but NaN; −0 is kept as 0.
   * @throws {RangeError} When the value is NaN.
   */
  push(value: number): void {
    if (Number.isNaN(value)) {
      throw new RangeError("Cannot push a value into a sliding window as it must not be NaN");
    }
    const values = this.#values;
    const capacity = this.#capacity;
    const incoming = 2 * capacity;
    const oldest = capacity + this.#head;
    values[incoming] = value + 0;
    if (this.#count < capacity) {
      insertSorted(values, 0, this.#count, incoming);
      this.#count++;
    } else {
      replaceSorted(values, 0, capacity, oldest, incoming);
    }
    values[oldest] = values[incoming]!;
    this.#head = this.#head + 1 === capacity ? 0 : this.#head + 1;
    this.#fresh = false;
  }

  /** Median of the window, the mean of the two middle values for an even count; NaN when empty. */
  median(): number {
    return this.#measure()[0]!;
  }

  /** Median of `|x − median|` over the window; NaN when empty. */
  mad(): number {
    return this.#measure()[1]!;
  }

  /**
   * Value at a share of the way from the smallest to the largest, linear between neighbours; NaN
   * when empty.
   *
   * @param share From 0 to 1.
   */
  quantile(share: number): number {
    return quantileSorted(this.#values, this.#count, share);
  }

  /**
   * `(x − median) / (1.4826 · MAD)` against the window, 0 when that scale is below `minScale`.
   *
   * @param x Usually the value pushed last.
   * @param minScale Smallest scale that still divides, > 0.
   */
  robustZ(x: number, minScale: number): number {
    if (this.#count === 0) return 0;
    const centre = this.#measure();
    const scale = MAD_TO_SIGMA * centre[1]!;
    return scale < minScale ? 0 : (x - centre[0]!) / scale;
  }

  /** Forgets all values. */
  reset(): void {
    this.#head = 0;
    this.#count = 0;
    this.#fresh = false;
  }

  save(): SlidingQuantilesState {
    return { values: this.#values.slice(), head: this.#head, count: this.#count };
  }

  /** Puts back a copy of a window of the same capacity. */
  restore(state: SlidingQuantilesState): void {
    this.#values.set(state.values);
    this.#head = state.head;
    this.#count = state.count;
    this.#fresh = false;
  }

  #measure(): Float64Array {
    if (this.#fresh) return this.#centre;
    if (this.#count === 0) this.#centre.fill(NaN);
    else writeMedianMad(this.#values, 0, this.#count, this.#centre);
    this.#fresh = true;
    return this.#centre;
  }
}

/**
 * Value at `share · (n − 1)` of the first n values, linear between neighbours; NaN when n is 0.
 *
 * @param sorted Ascending on `[0, n)`.
 * @param share From 0 to 1; outside that the result is the smallest or largest value.
 */
export function quantileSorted(
  sorted: ArrayLike<number>,
  n: number,
  share: number,
): number {
  if (n === 0) return NaN;
  const position = Math.min(1, Math.max(0, share)) * (n - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  if (below + 1 >= n) return low;
  return low + (sorted[below + 1]! - low) * (position - below);
}
