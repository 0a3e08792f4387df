import type { Right } from "./contract_id.ts";
import { discountFactor, forwardPrice } from "./carry.ts";
import { newYorkCloseMs, yearsBetween } from "./expiries.ts";
import { impliedVolatility } from "./implied_volatility.ts";

/**
 * A quote is fresh for so long, ms. Solved against the underlying of its own time, 98 of 100 such quotes of the
 * synthetic tape give the volatility of now within 3 % of itself (docs/methods/option-quotes.md).
 */
export const FRESH_MS = 60_000;
/** Strikes that hold the money between them may lie so far from it, in standard deviations to expiry. */
const BRACKET_DEVIATIONS = 0.6;
/** A strike so near is at the money by itself. */
const ALONE_DEVIATIONS = 0.25;

/** The quote of a contract with the underlying at the time of that quote. */
export interface QuoteMark {
  readonly right: Right;
  /** USD. */
  readonly strike: number;
  /** USD per share; a bid of 0: nobody bids. */
  readonly bid: number;
  readonly ask: number;
  /** When it was made, epoch ms. */
  readonly ts: number;
  /** Underlying at `ts`, USD. */
  readonly spot: number;
}

/** One strike of a smile. */
export interface SmilePoint {
  /** USD. */
  readonly strike: number;
  /** Annual volatility at the middle of the quote. */
  readonly iv: number;
  readonly right: Right;
  /** Age of its quote at the smile's instant, ms. */
  readonly ageMs: number;
}

/**
 * The smile of an expiry at an instant, through the quotes that are fresh then and no others.
 *
 * A strike takes the contract out of the money by the forward, or the other when only that one is fresh:
 * both carry the spot by the same forward, so put-call parity gives them one volatility. Each quote is solved
 * against the underlying of its own time, since a maker who has not moved his quote has not seen the later
 * price. Quotes of one side, quotes wider than what they pay for time, and prices that no volatility gives
 * are left out: they say nothing of it.
 *
 * @param expiryYmd YYYYMMDD. @param spot Underlying at the instant, USD. @param instantMs Epoch ms.
 * @param freshMs Oldest age that counts as fresh, ms.
 * @returns Ascending in strike, one a strike.
 */
export function smileAt(
  quotes: Iterable<QuoteMark>,
  expiryYmd: number,
  spot: number,
  instantMs: number,
  freshMs: number = FRESH_MS,
): readonly SmilePoint[] {
  const closeMs = newYorkCloseMs(expiryYmd);
  const forward = forwardPrice(spot, yearsBetween(instantMs, closeMs));
  const chosen = new Map<number, SmilePoint>();
  for (const { right, strike, bid, ask, ts, spot: then } of quotes) {
    const ageMs = instantMs - ts;
    if (ageMs < 0 || ageMs > freshMs || !(bid > 0) || !(ask > 0)) continue;
    const isOut = right === (strike < forward ? "P" : "C");
    if (!isOut && chosen.has(strike)) continue;
    const years = yearsBetween(ts, closeMs);
    const mid = (bid + ask) / 2;
    if (mid - intrinsicUsd(right, then, strike, years) < ask - bid) continue;
    const iv = impliedVolatility(right, mid, then, strike, years);
    if (iv !== null) chosen.set(strike, { strike, iv, right, ageMs });
  }
  return [...chosen.values()].sort((a, b) => a.strike - b.strike);
}

/** What a contract is worth without volatility, USD per share. */
function intrinsicUsd(right: Right, spot: number, strike: number, years: number): number {
  const paid = strike * discountFactor(years);
  return Math.max(0, right === "C" ? spot - paid : paid - spot);
}

/**
 * Annual volatility at the money, where the strike is the underlying: between the two nearest strikes that hold
 * it, linear in the strike, or that of one strike next to it. Null when the smile has neither: a line between
 * far strikes lies above a smile, and no volatility is carried on beyond the last quote.
 *
 * @param points Ascending in strike. @param spot Underlying at their instant, USD. @param years To expiry, > 0.
 */
export function atTheMoney(
  points: readonly SmilePoint[],
  spot: number,
  years: number,
): number | null {
  const away = ({ strike, iv }: SmilePoint) =>
    Math.abs(strike / spot - 1) / (iv * Math.sqrt(years));
  const near = points.filter((point) => away(point) <= BRACKET_DEVIATIONS);
  const low = near.findLast(({ strike }) => strike <= spot);
  const high = near.find(({ strike }) => strike > spot);
  if (low !== undefined && high !== undefined) {
    return low.iv + (spot - low.strike) / (high.strike - low.strike) * (high.iv - low.iv);
  }
  const only = low ?? high;
  return only !== undefined && away(only) <= ALONE_DEVIATIONS ? only.iv : null;
}
