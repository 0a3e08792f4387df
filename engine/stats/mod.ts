/**
 * Windows that slide: order statistics and slopes without recounting.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { percentile, SlidingQuantiles } from "./mod.ts";
 *
 * const window = new SlidingQuantiles(3);
 * for (const value of [9, 1, 2, 3]) window.push(value); // 9 has left
 * equal(window.median(), 2);
 * equal(percentile([1, 2, 3], 50), 2);
 * ```
 *
 * @module
 */

export { type BlockPlan, type Interval, resampledRatios } from "./block_bootstrap.ts";
export { insertSorted, replaceSorted, writeMedianMad } from "./sorted_window.ts";
export {
  MAD_TO_SIGMA,
  quantileSorted,
  SlidingQuantiles,
  type SlidingQuantilesState,
} from "./sliding_quantiles.ts";
export { percentile } from "./percentile.ts";
export { SlidingSlope, type SlidingSlopeState } from "./sliding_slope.ts";
