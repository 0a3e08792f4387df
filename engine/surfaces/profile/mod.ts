/**
 * Gamma of positions in options by price of their future: what a page can compute by itself.
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

export { ASSUMPTIONS } from "./assumptions.ts";
export { GammaProfile } from "./gamma_profile.ts";
export { CONTRACT_MULTIPLIER, FUTURE_RATE, PRICE_UNITS } from "./units.ts";
export {
  PROFILE_POINTS,
  profilePriceInt,
  type WhatIf,
  whatIf,
  type WhatIfRows,
  writeProfile,
} from "./what_if.ts";
export { ZeroGammaRange } from "./zero_gamma_range.ts";
