/** Best quotes of the future at the end of a window and its spot, 1e-9 points; 0 = none. */
interface FutureBook {
  readonly bestBidInt: number;
  readonly bestAskInt: number;
  readonly midInt: number;
  readonly spotRefInt: number;
  readonly isBookValid: boolean;
}

/**
 * Price of the future that its options are valued with, 1e-9 points: the middle of its quotes where the book is valid,
 * two-sided and not crossed, else the spot; 0 without a spot.
 */
export function futurePriceInt(book: FutureBook): number {
  const { bestBidInt, bestAskInt, midInt, spotRefInt, isBookValid } = book;
  if (spotRefInt === 0) return 0;
  return isBookValid && bestBidInt > 0 && bestAskInt > bestBidInt ? midInt : spotRefInt;
}
