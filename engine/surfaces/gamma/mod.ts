/**
 * Gamma exposure of the options on a future, second by second.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { Gamma } from "./mod.ts";
 *
 * const chain = {
 *   instrumentId: Float64Array.of(1, 2),
 *   isCall: Uint8Array.of(1, 0),
 *   strikeInt: Float64Array.of(6_950e9, 6_950e9),
 *   openInterest: Float64Array.of(2_000, 1_000),
 *   expirationNs: 23_400_000_000_000n,
 *   symbols: ["C6950", "P6950"],
 * };
 * const quotes = {
 *   bidInt: Float64Array.of(11.25e9, 11e9),
 *   askInt: Float64Array.of(11.5e9, 11.25e9),
 *   isValid: Uint8Array.of(1, 1),
 * };
 * const window = { futureInt: 6_950.25e9, strikeRefInt: 6_950e9, spotRefInt: 6_950.25e9, windowEndNs: 0n };
 * const { summary } = new Gamma(chain).close(chain, quotes, window, new Float64Array(2));
 * ok(summary.atmIv > 0.14 && summary.atmIv < 0.16);
 * ok(summary.gexTotal > 0); // assumes dealers long calls, short puts
 * ```
 *
 * @module
 */

export { type Chain, NO_CHAIN } from "./chain.ts";
export { type ExposureRows } from "./exposure.ts";
export { futurePriceInt } from "./future_price.ts";
export {
  Gamma,
  type GammaColumns,
  type GammaState,
  type GammaWindow,
  type ProfileRows,
  type SmileRows,
} from "./gamma.ts";
export { GammaFlow } from "./gamma_flow.ts";
export { type GexSurface } from "./gex_surface.ts";
export { type GreekRows } from "./greek_rows.ts";
export { type GammaSummary } from "./summary.ts";
