export { insertSorted, replaceSorted, writeMedianMad } from "./sorted_window.ts";
export { MAD_TO_SIGMA, quantileSorted, SlidingQuantiles } from "./sliding_quantiles.ts";
export { percentile } from "./percentile.ts";
export { SlidingSlope } from "./sliding_slope.ts";
