/**
 * exp, log, pow and the normal distribution with the same bits on every machine.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { exp, log, normalCdf, normalQuantile } from "./mod.ts";
 *
 * ok(Math.abs(log(exp(2)) - 2) < 1e-15);
 * ok(Math.abs(normalCdf(normalQuantile(0.975)) - 0.975) < 1e-12);
 * ```
 *
 * @module
 */

export { exp, writeExp } from "./exp.ts";
export { log, writeLog } from "./log.ts";
export { writeMillsRatio } from "./mills_ratio.ts";
export { normalCdf, normalCdfOf, normalPdfOf, writeNormalCdf } from "./normal_cdf.ts";
export { normalQuantile } from "./normal_quantile.ts";
export { pow } from "./pow.ts";
