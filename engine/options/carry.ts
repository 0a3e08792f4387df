import { exp } from "../dmath/mod.ts";

/** Flat continuously compounded rate of the synthetic market, per year. Its underlyings pay no dividends. */
export const RATE = 0.045;

/** USD now for one USD at expiry, at {@link RATE}. @param years To expiry, > 0. */
export function discountFactor(years: number): number {
  return exp(-RATE * years);
}

/**
 * Forward price of an underlying, USD: what a call and a put of that strike cost the same at. Everything that
 * prices an option carries the spot this way: the generator, the flow engine, the tapes and the chain.
 *
 * @param spot USD, > 0. @param years To expiry, > 0.
 */
export function forwardPrice(spot: number, years: number): number {
  return spot / discountFactor(years);
}
