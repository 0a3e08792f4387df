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
  const [lastBid, lastBidSize, lastAsk, lastAskSize] = previous;
  const [bid, bidSize, ask, askSize] = next;
  let sum = 0;
  if (bid >= lastBid) sum += bidSize;
  if (bid <= lastBid) sum -= lastBidSize;
  if (ask <= lastAsk) sum -= askSize;
  if (ask >= lastAsk) sum += lastAskSize;
  return sum;
}
