import { checkPairs } from "./pairs.ts";

/** Third of the samples that a key puts one into. */
export const TERCILE = { low: 0, middle: 1, high: 2 } as const;

/** A mean over all samples, and over the calmest and the busiest third of them. */
export interface Terciles {
  readonly all: number;
  /** Over the third with the lowest key. */
  readonly low: number;
  /** Over the third with the highest key. */
  readonly high: number;
}

/** Third of each sample by its key, see {@link TERCILE}; equal keys go by time. */
export function tercilesOf(keys: ArrayLike<number>): Uint8Array {
  const order = Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const third = Math.floor(order.length / 3);
  const thirds = new Uint8Array(order.length).fill(TERCILE.middle);
  for (const i of order.slice(0, third)) thirds[i] = TERCILE.low;
  for (const i of order.slice(order.length - third)) thirds[i] = TERCILE.high;
  return thirds;
}

/**
 * Means of a score over all origins, and over thirds of them by a key that was known there: coverage by
 * trailing volatility, say. NaN of none.
 *
 * @param values One per origin; 1 or 0 for hits.
 * @param keys One per origin.
 * @throws {LabError} When the lengths differ.
 */
export function byTercile(values: ArrayLike<number>, keys: ArrayLike<number>): Terciles {
  checkPairs(values, keys);
  const thirds = tercilesOf(keys);
  const meanWhere = (isIn: (third: number) => boolean) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      if (!isIn(thirds[i]!)) continue;
      sum += values[i]!;
      count++;
    }
    return sum / count;
  };
  return {
    all: meanWhere(() => true),
    low: meanWhere((third) => third === TERCILE.low),
    high: meanWhere((third) => third === TERCILE.high),
  };
}
