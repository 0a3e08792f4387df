/**
 * One closed bin and its window around spot, columnar. The stage that fills it owns the arrays and
 * reuses them: whoever keeps a frame past the callback copies or encodes it there.
 */
export interface GridFrame {
  /** ns since {@link GridFrame.baseNs}, exact. */
  binStartNs: number;
  binEndNs: number;
  /** Epoch ns that the offsets above count from. */
  readonly baseNs: bigint;
  binSeq: number;
  binEventCount: number;
  eventId: number;
  midPrice: number;
  /** 1e-9 currency units, exact below 2^53; 0 when none. */
  spotRefPriceInt: number;
  bestBidPriceInt: number;
  bestAskPriceInt: number;
  bookValid: boolean;
  /** True when the mid lies half a tick below `spotRefPriceInt`, so that row k sits at k + ½ ticks. */
  spotHalfTick: boolean;
  /** Rows k = −R..+R, ascending; length 2R + 1. */
  readonly k: Int32Array;
  /** The 18 engine columns in `ENG` order, each of length 2R + 1. */
  readonly engine: readonly Float64Array[];
  readonly score: Float64Array;
  readonly state: Int8Array;
  /** Event ids as exact doubles. */
  readonly lastEventId: Float64Array;
  /** One column per horizon, in config order. */
  readonly projections: readonly Float64Array[];
}
