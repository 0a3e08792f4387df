/**
 * Prices, expiries, strikes and names of listed options.
 *
 * @example
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { contractId, impliedVolatility, optionPrice, yearsToExpiry } from "./mod.ts";
 *
 * equal(contractId("AAPL", 20260220, 235, "C"), "AAPL-2026-02-20-235-C");
 * const years = yearsToExpiry(Date.UTC(2026, 0, 14, 15), 20260220);
 * const usd = optionPrice("C", 230, 235, years, 0.3);
 * const iv = impliedVolatility("C", usd, 230, 235, years);
 * ok(iv !== null && Math.abs(iv - 0.3) < 1e-6);
 * ```
 *
 * @module
 */

export { type Greeks, greeks, optionPrice, RATE } from "./black_scholes.ts";
export { contractId, type ContractTerms, parseContractId, type Right } from "./contract_id.ts";
export {
  dteDays,
  expiriesOf,
  type IsTradingDay,
  newYorkCloseMs,
  yearsBetween,
  yearsToExpiry,
} from "./expiries.ts";
export { impliedVolatility } from "./implied_volatility.ts";
export { nearestStrike, strikeStep } from "./strikes.ts";
export { tickSize } from "./tick_size.ts";
