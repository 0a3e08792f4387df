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

export { type Greeks, greeks, optionPrice } from "./black_scholes.ts";
export { discountFactor, forwardPrice, RATE } from "./carry.ts";
export { contractId, type ContractTerms, parseContractId, type Right } from "./contract_id.ts";
export {
  dteDays,
  expiriesOf,
  isMonthly,
  type IsTradingDay,
  listsDaily,
  newYorkCloseMs,
  yearsBetween,
  yearsToExpiry,
} from "./expiries.ts";
export { impliedVolatility } from "./implied_volatility.ts";
export { atTheMoney, FRESH_MS, type QuoteMark, smileAt, type SmilePoint } from "./smile.ts";
export { nearestStrike, strikeStep, strikesWithin } from "./strikes.ts";
export { isPenny, tickSize } from "./tick_size.ts";
export { venueOf, VENUES, venueShares } from "./venues.ts";
export { type Carry, ColumnError, type ContractColumns } from "./contract_columns.ts";
export {
  type AllGreekColumns,
  type GreekColumns,
  writeAllGreeks,
  writeGreeks,
} from "./greek_columns.ts";
export { OUTCOME, type VolatilityColumns, writeImpliedVolatility } from "./volatility_columns.ts";
