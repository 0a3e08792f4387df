/** Bits of a window's quality. */
export const QUALITY = {
  /** A snapshot in the window or open at its start. */
  SNAPSHOT: 1,
  /** A record that doubts the book in the window, or one that no snapshot has healed yet. */
  MAYBE_BAD_BOOK: 2,
  CROSSED: 4,
  /** Records of earlier windows. */
  LATE: 8,
  NO_OPTION_BOOK: 16,
  BOOTSTRAP: 32,
  GENERATED: 64,
} as const;

/** Records of one instrument in one window, by what became of them. */
export interface RecordCounts {
  /** Applied; a rejected record is in none of the first four. */
  events: number;
  adds: number;
  cancels: number;
  modifies: number;
  /** C, M and F of unknown orders, and A of known ones. */
  ghosts: number;
  /** Orders of an event of which more was announced as executed than taken. */
  unmatchedFills: number;
  /** Records that doubt the book. */
  badBook: number;
  /** A and M without a price on a tick, a size or a side; records without a time. */
  rejected: number;
}

/** Counts of nothing. */
export function noRecords(): RecordCounts {
  return {
    events: 0,
    adds: 0,
    cancels: 0,
    modifies: 0,
    ghosts: 0,
    unmatchedFills: 0,
    badBook: 0,
    rejected: 0,
  };
}

/** Sets every count to 0. */
export function clearRecords(counts: RecordCounts): void {
  counts.events = 0;
  counts.adds = 0;
  counts.cancels = 0;
  counts.modifies = 0;
  counts.ghosts = 0;
  counts.unmatchedFills = 0;
  counts.badBook = 0;
  counts.rejected = 0;
}

/** A book at the end of a window. Prices in 1e-9 points, quantities in contracts, 0 = none. */
export interface BookRow {
  bestBidInt: number;
  bestBidQty: number;
  bestAskInt: number;
  bestAskQty: number;
  /** Points; 0 unless both sides exist. */
  midPrice: number;
  midInt: number;
  /** Mid weighted by the other side's quantity, points; 0 unless both sides exist. */
  microprice: number;
  lastTradeInt: number;
  /** Spot at the start of the window, on a tick. */
  spotRefInt: number;
  /** The strike nearest the spot. */
  strikeRefInt: number;
  isBookValid: boolean;
  isWindowValid: boolean;
  /** Bits {@link QUALITY} 1, 2 and 4. */
  quality: number;
}

/** The row of no book. */
export function emptyRow(): BookRow {
  return {
    bestBidInt: 0,
    bestBidQty: 0,
    bestAskInt: 0,
    bestAskQty: 0,
    midPrice: 0,
    midInt: 0,
    microprice: 0,
    lastTradeInt: 0,
    spotRefInt: 0,
    strikeRefInt: 0,
    isBookValid: false,
    isWindowValid: false,
    quality: 0,
  };
}
