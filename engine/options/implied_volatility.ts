import { RATE } from "./carry.ts";
import type { Right } from "./contract_id.ts";
import { OUTCOME, writeImpliedVolatility } from "./volatility_columns.ts";

const CARRY = { rate: RATE, dividendYield: 0 };
const contract = {
  right: new Int8Array(1),
  spot: new Float64Array(1),
  strike: new Float64Array(1),
  years: new Float64Array(1),
};
const usd = new Float64Array(1);
const found = { iv: new Float64Array(1), outcome: new Uint8Array(1) };

/**
 * Annual volatility at which the model gives a price: one row of {@link writeImpliedVolatility}, at the rate of the
 * synthetic market and without dividends.
 *
 * @param price USD per share. @param spot,strike USD, > 0. @param years > 0.
 * @returns > 0, or null when no volatility gives the price.
 */
export function impliedVolatility(
  right: Right,
  price: number,
  spot: number,
  strike: number,
  years: number,
): number | null {
  contract.right[0] = right === "C" ? 1 : -1;
  contract.spot[0] = spot;
  contract.strike[0] = strike;
  contract.years[0] = years;
  usd[0] = price;
  writeImpliedVolatility(contract, usd, CARRY, found);
  return found.outcome[0] === OUTCOME.solved ? found.iv[0]! : null;
}
