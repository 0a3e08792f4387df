import { symbolIndex, UNIVERSE } from "../regime/mod.ts";

/** Distance between listed strikes of a root, USD, by its reference price. 5 for a root not listed. */
export function strikeStep(root: string): number {
  const underlying = UNIVERSE[symbolIndex(root)];
  if (underlying === undefined) return 5;
  if (underlying.etf) return 1;
  if (underlying.price < 25) return 0.5;
  if (underlying.price < 100) return 1;
  return underlying.price < 250 ? 2.5 : 5;
}

/** Listed strike nearest to a price, USD; the higher one when two are equally near, never below one step. */
export function nearestStrike(root: string, price: number): number {
  const step = strikeStep(root);
  return Math.max(1, Math.floor(price / step + 0.5)) * step;
}

/** Steps of strikes listed to either side of the money at most. */
const MAX_STEPS = 60;

/**
 * Strikes of a root within a distance of a price, USD, ascending; at most 60 steps to either side of the
 * nearest one, which is there however small the distance.
 */
export function strikesWithin(root: string, price: number, distance: number): readonly number[] {
  const step = strikeStep(root);
  const nearest = nearestStrike(root, price);
  const strikes: number[] = [];
  for (let k = -MAX_STEPS; k <= MAX_STEPS; k++) {
    const strike = nearest + k * step;
    if (strike < step) continue;
    if (k === 0 || Math.abs(strike - price) <= distance) strikes.push(strike);
  }
  return strikes;
}
