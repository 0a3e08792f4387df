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
