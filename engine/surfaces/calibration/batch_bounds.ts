import { quantileSorted } from "../../stats/mod.ts";

/**
 * q05 and q95 of a sample, each value with the same weight, linear between the two nearest order
 * statistics (position (n − 1) p, type 7 of Hyndman and Fan); NaN for an empty sample.
 *
 * @param values Any order, no NaN; not changed.
 */
export function batchBounds(
  values: ArrayLike<number>,
): { readonly q05: number; readonly q95: number } {
  const sorted = Float64Array.from(values).sort();
  return {
    q05: quantileSorted(sorted, sorted.length, 0.05),
    q95: quantileSorted(sorted, sorted.length, 0.95),
  };
}
