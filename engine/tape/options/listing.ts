import {
  dteDays,
  expiriesOf,
  newYorkCloseMs,
  strikesWithin,
  yearsBetween,
} from "../../options/mod.ts";
import { type LatentMarket, UNIVERSE } from "../../regime/mod.ts";
import { baseVolatility } from "../surface/mod.ts";
import { openInterest } from "./open_interest.ts";

/** Strikes are listed so many standard deviations to expiry around the opening price. */
const LISTED_DEVIATIONS = 2.5;
/** The last days list as far as a week does: the session's own move must find its strikes there. */
const LEAST_YEARS = 7 / 365;

/** The contracts of one expiry that are listed when a session opens. */
export interface ListedExpiry {
  /** YYYYMMDD. */
  readonly date: number;
  /** USD, ascending. */
  readonly strikes: readonly number[];
  /** Contracts open at the close before the session, by strike. */
  readonly callOpenInterest: readonly number[];
  readonly putOpenInterest: readonly number[];
}

/**
 * What is listed on an underlying when the session of a market opens, expiries ascending. What trades
 * beyond it later is listed that day; the tape itself does not read this list.
 *
 * @param symbol Index in the universe.
 */
export function sessionListing(market: LatentMarket, symbol: number): readonly ListedExpiry[] {
  const { date: today, openTs } = market.session;
  const root = UNIVERSE[symbol]?.symbol ?? "";
  const spot = market.basePrice(symbol, openTs);
  const volatility = baseVolatility(symbol, market.levelsAt(openTs).volatility);
  const seed = market.seedAt(openTs);
  return expiriesOf(root, today).map((date) => {
    const years = yearsBetween(openTs, newYorkCloseMs(date));
    const deviation = volatility * Math.sqrt(Math.max(years, LEAST_YEARS));
    const strikes = strikesWithin(root, spot, spot * LISTED_DEVIATIONS * deviation);
    const inputs = { seed, symbol, expiry: date, dte: dteDays(today, date), spot, deviation };
    const held = (right: "C" | "P") =>
      strikes.map((strike) => openInterest({ ...inputs, strike, right }));
    return { date, strikes, callOpenInterest: held("C"), putOpenInterest: held("P") };
  });
}
