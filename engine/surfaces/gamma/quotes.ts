import type { OptionQuotes } from "../windows/mod.ts";

const SMALL_TICK_INT = 5e7;
const LARGE_TICK_INT = 25e7;
/** Premiums up to here have the small tick. */
const SMALL_UP_TO_INT = 5e9;
const LEAST_MID_INT = 7.5e7;
const MOST_TICKS = 4;

/** Middle of an option's best quotes, 1e-9 points, possibly half of one; 0 unless both are there and not crossed or locked. */
export function midOf({ bidInt, askInt }: OptionQuotes, row: number): number {
  const bid = bidInt[row]!;
  const ask = askInt[row]!;
  return bid > 0 && ask > bid ? (bid + ask) / 2 : 0;
}

/**
 * Whether an option's mid says something about its volatility: the book is valid, the premium is at least 0.075 and
 * the spread at most 4 of its ticks or 40 % of it.
 */
export function isTight(quotes: OptionQuotes, row: number): boolean {
  const mid = midOf(quotes, row);
  if (quotes.isValid[row] !== 1 || mid < LEAST_MID_INT) return false;
  const tick = mid <= SMALL_UP_TO_INT ? SMALL_TICK_INT : LARGE_TICK_INT;
  const spread = quotes.askInt[row]! - quotes.bidInt[row]!;
  return spread <= MOST_TICKS * tick || 5 * spread <= 2 * mid; // 40 %, in whole numbers
}
