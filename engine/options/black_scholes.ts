import { exp, log, normalCdf, normalCdfOf, normalPdfOf } from "../dmath/mod.ts";
import { discountFactor, RATE } from "./carry.ts";
import type { Right } from "./contract_id.ts";

/** Value and sensitivities of one option on one share. */
export interface Greeks {
  /** USD per share. */
  readonly price: number;
  /** USD per USD of spot; negative for a put. */
  readonly delta: number;
  /** Delta per USD of spot. */
  readonly gamma: number;
  /** USD per 1.00 of annual volatility; one point is a hundredth of it. */
  readonly vega: number;
}

/**
 * Black and Scholes (1973) for a European option without dividends.
 *
 * @param spot,strike USD, > 0. @param years > 0. @param iv Annual volatility, > 0.
 */
export function greeks(
  right: Right,
  spot: number,
  strike: number,
  years: number,
  iv: number,
): Greeks {
  const root = Math.sqrt(years);
  const deviation = iv * root;
  const d1 = (log(spot / strike) + (RATE + 0.5 * iv * iv) * years) / deviation;
  const d2 = d1 - deviation;
  const discounted = strike * discountFactor(years);
  const e = exp(-0.5 * d1 * d1);
  const density = normalPdfOf(e);
  const up = normalCdfOf(d1, e);
  const call = spot * up - discounted * normalCdf(d2);
  const isCall = right === "C";
  return {
    price: Math.max(0, isCall ? call : call - spot + discounted),
    delta: isCall ? up : up - 1,
    gamma: density / (spot * deviation),
    vega: spot * density * root,
  };
}

/** Price alone, USD per share; see {@link greeks}. */
export function optionPrice(
  right: Right,
  spot: number,
  strike: number,
  years: number,
  iv: number,
): number {
  const deviation = iv * Math.sqrt(years);
  const d1 = (log(spot / strike) + (RATE + 0.5 * iv * iv) * years) / deviation;
  const discounted = strike * discountFactor(years);
  const call = spot * normalCdf(d1) - discounted * normalCdf(d1 - deviation);
  return Math.max(0, right === "C" ? call : call - spot + discounted);
}
