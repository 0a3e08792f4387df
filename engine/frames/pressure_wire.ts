import type { GridFrame } from "./grid_frame.ts";

/** Header of one bin as it travels before its Arrow message; 64-bit integers are decimal text. */
export interface GridUpdate {
  readonly type: "grid_update";
  readonly ts_ns: string;
  readonly bin_start_ns: string;
  readonly bin_end_ns: string;
  readonly spot_ref_price_int: string;
  readonly best_bid_price_int: string;
  readonly best_ask_price_int: string;
  readonly bin_seq: number;
  readonly bin_event_count: number;
  readonly event_id: number;
  readonly mid_price: number;
  readonly book_valid: boolean;
  /** The mid lies half a tick below row k = 0. */
  readonly spot_half_tick: boolean;
  /** False for a bin that was computed to fill the history, not as its time came. */
  readonly live: boolean;
}

/** The header of a frame in wire form. */
export function gridUpdate(frame: GridFrame, live: boolean): GridUpdate {
  const endNs = (frame.baseNs + BigInt(frame.binEndNs)).toString();
  return {
    type: "grid_update",
    ts_ns: endNs,
    bin_start_ns: (frame.baseNs + BigInt(frame.binStartNs)).toString(),
    bin_end_ns: endNs,
    spot_ref_price_int: frame.spotRefPriceInt.toString(),
    best_bid_price_int: frame.bestBidPriceInt.toString(),
    best_ask_price_int: frame.bestAskPriceInt.toString(),
    bin_seq: frame.binSeq,
    bin_event_count: frame.binEventCount,
    event_id: frame.eventId,
    mid_price: frame.midPrice,
    book_valid: frame.bookValid,
    spot_half_tick: frame.spotHalfTick,
    live,
  };
}
