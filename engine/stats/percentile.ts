import { quantileSorted } from "./sliding_quantiles.ts";

/**
 * Percentile of a sample, linear between the two nearest order statistics (type 7 of Hyndman and
 * Fan); NaN for an empty sample.
 *
 * @param values Any order, no NaN; not changed.
 * @param percent From 0 to 100.
 */
export function percentile(values: ArrayLike<number>, percent: number): number {
  return quantileSorted(Float64Array.from(values).sort(), values.length, percent / 100);
}
