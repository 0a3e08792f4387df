import { checkPairs } from "./pairs.ts";

/** A mean over all samples, and over the calmest and the busiest third of them. */
export interface Terciles {
  readonly all: number;
  /** Over the third with the lowest key. */
  readonly low: number;
  /** Over the third with the highest key. */
  readonly high: number;
}

/**
 * Means of a score over all origins, and over thirds of them by a key that was known there: coverage by
 * trailing volatility, say. NaN of none.
 *
 * @param values One per origin; 1 or 0 for hits.
 * @param keys One per origin; equal keys go by time.
 * @throws {LabError} When the lengths differ.
 */
export function byTercile(values: ArrayLike<number>, keys: ArrayLike<number>): Terciles {
  checkPairs(values, keys);
  const order = Array.from(values, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const third = Math.floor(order.length / 3);
  const mean = (of: readonly number[]) => of.reduce((sum, i) => sum + values[i]!, 0) / of.length;
  return {
    all: mean(order),
    low: mean(order.slice(0, third)),
    high: mean(order.slice(order.length - third)),
  };
}
