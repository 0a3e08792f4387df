import { greeks } from "./black_scholes.ts";
import { discountFactor } from "./carry.ts";
import type { Right } from "./contract_id.ts";

const LOWEST = 0.001;
const HIGHEST = 5;
const STEPS = 60;

/**
 * Annual volatility at which the model gives a price, by Newton steps kept inside a shrinking bracket: the plain way,
 * for tests and benches.
 *
 * @param price USD per share. @param spot,strike USD, > 0. @param years > 0.
 * @returns A volatility in [0.001, 5], or null when no volatility in it gives the price to 1e-7 USD.
 */
export function naiveImpliedVolatility(
  right: Right,
  price: number,
  spot: number,
  strike: number,
  years: number,
): number | null {
  const intrinsic = spot - strike * discountFactor(years);
  const floor = Math.max(0, right === "C" ? intrinsic : -intrinsic);
  if (!(price > floor)) return null;
  let low = LOWEST;
  let high = HIGHEST;
  let iv = 0.4;
  for (let i = 0; i < STEPS; i++) {
    const { price: model, vega } = greeks(right, spot, strike, years, iv);
    const miss = model - price;
    if (Math.abs(miss) < 1e-10) return iv;
    if (miss > 0) high = iv;
    else low = iv;
    const newton = vega > 1e-9 ? iv - miss / vega : NaN;
    iv = newton > low && newton < high ? newton : (low + high) / 2;
  }
  const { price: model } = greeks(right, spot, strike, years, iv);
  return Math.abs(model - price) < 1e-7 ? iv : null;
}
