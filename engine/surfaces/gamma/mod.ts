/**
 * Gamma exposure of the options on a future, second by second.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { whatIf } from "./mod.ts";
 *
 * const rows = {
 *   strikeInt: Float64Array.of(6_900e9, 7_000e9),
 *   iv: Float64Array.of(0.2, 0.2),
 *   position: Float64Array.of(-1_000, 1_000), // puts below, calls above
 * };
 * const { zeroGammaPoints, hedgePerPoint } = whatIf(rows, 6_960, 6_960, 0.001);
 * ok(Math.abs(zeroGammaPoints - 6_950) < 1);
 * ok(hedgePerPoint < 0); // long gamma: they sell what rises
 * ```
 *
 * @module
 */

export { type Chain, type ChainQuotes, type StrikeFlow } from "./chain.ts";
export { ASSUMPTIONS, type ExposureRows } from "./exposure.ts";
export {
  Gamma,
  type GammaColumns,
  type GammaState,
  type GammaWindow,
  type ProfileRows,
  type SmileRows,
} from "./gamma.ts";
export { type GexSurface } from "./gex_surface.ts";
export { type GreekRows } from "./greek_rows.ts";
export { type GammaSummary } from "./summary.ts";
export { IV_SOURCES } from "./volatilities.ts";
export { type WhatIf, whatIf, type WhatIfRows } from "./what_if.ts";
