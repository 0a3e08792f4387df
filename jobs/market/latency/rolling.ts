import { quantileSorted } from "../../../engine/stats/mod.ts";

/** Percentiles of a sample, linear between its values; null without any. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The newest values of a run, at most so many. */
export class Rolling {
  readonly #values: Float64Array;
  #count = 0;

  /** @param size Values kept, ≥ 1. */
  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  /** Adds a value; null is none. */
  add(value: number | null): void {
    if (value === null) return;
    this.#values[this.#count % this.#values.length] = value;
    this.#count++;
  }

  /** Percentiles of what is kept, null when that is nothing. */
  percentiles(): Percentiles | null {
    const kept = this.#values.subarray(0, Math.min(this.#count, this.#values.length));
    if (kept.length === 0) return null;
    const sorted = kept.slice().sort();
    const at = (share: number) => quantileSorted(sorted, sorted.length, share);
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
