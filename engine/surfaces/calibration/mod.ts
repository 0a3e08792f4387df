/**
 * Normalisation of the surfaces: which values count as low and which as high.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { METRIC, norm, OnlineCalibration } from "./mod.ts";
 *
 * const { bounds } = new OnlineCalibration(); // nothing seen yet: the bounds to begin with, −2 and 2
 * const metric = METRIC.PULL_ADD_LOG;
 * equal(norm(1, bounds.q05[metric]!, bounds.q95[metric]!), 0.75);
 * ```
 *
 * @module
 */

export { batchBounds } from "./batch_bounds.ts";
export { bootstrapBounds, type Bounds } from "./bounds.ts";
export { type MetricHistogramState } from "./metric_histogram.ts";
export { METRIC, type Metric, METRICS } from "./metrics.ts";
export { norm, signedNorm } from "./norm.ts";
export { OnlineCalibration, type OnlineCalibrationState } from "./online_calibration.ts";
