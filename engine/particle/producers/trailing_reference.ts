import { SlidingQuantiles, type SlidingQuantilesState } from "../../stats/mod.ts";
import { quantileSorted } from "../../stats/mod.ts";

/** Ticks that a reference looks back on: ten minutes. */
const TICKS = 1_200;
/** Ticks that it needs. */
const LEAST_TICKS = 120;

/** What of a profile a producer measures its values by. */
export interface Reference {
  /** Name of the profile. */
  readonly profile: string;
  /** Values as they are, or their sizes. */
  readonly of: "value" | "size";
  /** Quantile of a tick's values, 0 to 1. */
  readonly share: number;
  /** What holds before there are enough ticks; null when the producer waits. */
  readonly fallback: number | null;
}

/**
 * Usual size of a profile: the median, over the ten minutes before, of each tick's quantile. A tick is
 * never measured by itself.
 */
export class TrailingReference {
  readonly reference: Reference;
  readonly #ticks = new SlidingQuantiles(TICKS);
  #sorted = new Float64Array(0);

  constructor(reference: Reference) {
    this.reference = reference;
  }

  /** The reference from the ticks before, in the profile's unit; null when there is none yet. */
  get value(): number | null {
    return this.#ticks.count < LEAST_TICKS ? this.reference.fallback : this.#ticks.median();
  }

  /** Takes a tick's values after they were used; values that are not finite are left out. */
  take(values: ArrayLike<number>): void {
    if (this.#sorted.length < values.length) this.#sorted = new Float64Array(values.length);
    const isSize = this.reference.of === "size";
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isFinite(value)) this.#sorted[count++] = isSize ? Math.abs(value) : value;
    }
    if (count === 0) return;
    this.#sorted.subarray(0, count).sort();
    this.#ticks.push(quantileSorted(this.#sorted, count, this.reference.share));
  }

  /** Copy of the whole state. */
  save(): SlidingQuantilesState {
    return this.#ticks.save();
  }

  /** Goes on from a state. */
  restore(state: SlidingQuantilesState): void {
    this.#ticks.restore(state);
  }
}
