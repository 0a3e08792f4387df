/** Distance of strikes, 1e-9 points: 5 points. */
export const STRIKE_STEP_INT = 5_000_000_000;
/** The same in ticks of the future. */
export const STRIKE_STEP_TICKS = 20;

/**
 * Spot of a book: the last trade where it is a level; else the nearer best price, the bid at a tie;
 * without a trade the best bid, else the best ask. Prices in 1e-9 points, 0 = none.
 *
 * @param isTradeOnBook Whether anything rests at the price of the last trade.
 */
export function spotOf(
  lastTradeInt: number,
  isTradeOnBook: boolean,
  bestBidInt: number,
  bestAskInt: number,
): number {
  if (lastTradeInt > 0 && isTradeOnBook) return lastTradeInt;
  if (lastTradeInt > 0 && bestBidInt > 0 && bestAskInt > 0) {
    const isBid = Math.abs(lastTradeInt - bestBidInt) <= Math.abs(bestAskInt - lastTradeInt);
    return isBid ? bestBidInt : bestAskInt;
  }
  if (bestBidInt > 0) return bestBidInt;
  if (bestAskInt > 0) return bestAskInt;
  return lastTradeInt;
}

/** The strike nearest a spot, ties upward; 0 without a spot. */
export function strikeRefOf(spotRefInt: number): number {
  if (spotRefInt === 0) return 0;
  return Math.floor((spotRefInt + STRIKE_STEP_INT / 2) / STRIKE_STEP_INT) * STRIKE_STEP_INT;
}
