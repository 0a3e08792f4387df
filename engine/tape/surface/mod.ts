/**
 * Implied volatility and the state of a quote, as functions of the instant.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { baseVolatility, surfaceVolatility } from "./mod.ts";
 *
 * const point = { symbol: 0, volatilityLevel: 0.5, spot: 590, years: 7 / 365, eventDays: null };
 * const put = surfaceVolatility({ ...point, strike: 560 });
 * ok(put > surfaceVolatility({ ...point, strike: 590 })); // puts below the spot are dear
 * ```
 *
 * @module
 */

export { baseVolatility, type SurfacePoint, surfaceVolatility } from "./iv_surface.ts";
export { contractDraws, contractKey } from "./quote_process.ts";
export {
  distanceFactor,
  QUOTE_STATE,
  type QuoteState,
  stateOf,
  type StateShares,
  stateShares,
} from "./quote_states.ts";
