/** Roots that the penny programme quotes in cents at any price. */
const PENNY_ROOTS: ReadonlySet<string> = new Set(["SPY", "QQQ", "IWM"]);

/** Whether options on a root trade in cents at any price, as those on the three largest funds do. */
export function isPenny(root: string): boolean {
  return PENNY_ROOTS.has(root);
}

/**
 * Price increment of an option in USD: a cent below $3 and on {@link isPenny} roots, five cents else.
 *
 * @param root Symbol of the underlying.
 */
export function tickSize(priceUsd: number, root: string): 0.01 | 0.05 {
  return priceUsd < 3 || isPenny(root) ? 0.01 : 0.05;
}
