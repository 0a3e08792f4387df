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
