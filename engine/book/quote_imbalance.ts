/** Best bid and ask with their sizes: prices in any one unit, sizes in contracts. */
export type BestQuote = readonly [bid: number, bidSize: number, ask: number, askSize: number];

/**
 * Order-flow imbalance of one quote after another, contracts: what the bid gained less what the ask
 * gained. A better price counts its whole queue, a worse one takes the old queue away. Positive is
 * bullish.
 *
 * @param previous A two-sided, uncrossed quote; so is `next`.
 * @see Cont, Kukanov and Stoikov (2014), "The price impact of order book events".
 */
export function quoteImbalance(previous: BestQuote, next: BestQuote): number {
  // By place: taking a list apart walks it, and this runs for every change of the best quote.
  const bidMove = next[0] - previous[0];
  const askMove = next[2] - previous[2];
  let sum = 0;
  if (bidMove >= 0) sum += next[1];
  if (bidMove <= 0) sum -= previous[1];
  if (askMove <= 0) sum -= next[3];
  if (askMove >= 0) sum += previous[3];
  return sum;
}
