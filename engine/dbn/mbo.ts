/**
 * A run of market-by-order records in memory, read in place. Record `i` starts at word
 * `i * strideWords`; the words are little-endian and 4-byte aligned, so that a 64-bit field is two
 * loads and no field costs an object, a BigInt or a DataView call.
 *
 * The producer may reuse the memory after the call that delivered the block.
 */
export interface MboBlock {
  readonly words: Uint32Array;
  /** 14 words, or 16 when every record carries `ts_out`. */
  readonly strideWords: number;
  readonly count: number;
}

/** Word offsets inside an mbo record (DBN versions 1 to 3). */
export const MBO_WORD = {
  /** length, rtype, publisher id (16 bits). */
  HEADER: 0,
  INSTRUMENT_ID: 1,
  TS_EVENT_LOW: 2,
  TS_EVENT_HIGH: 3,
  ORDER_ID_LOW: 4,
  ORDER_ID_HIGH: 5,
  PRICE_LOW: 6,
  PRICE_HIGH: 7,
  SIZE: 8,
  /** flags, channel id, action, side: one byte each, lowest first. */
  FLAGS_CHANNEL_ACTION_SIDE: 9,
  TS_RECV_LOW: 10,
  TS_RECV_HIGH: 11,
  TS_IN_DELTA: 12,
  SEQUENCE: 13,
} as const;

/** Bytes of an mbo record without `ts_out`. */
export const MBO_BYTES = 56;

/** Action codes: the ASCII letter that the format stores. */
export const ACTION = {
  ADD: 65,
  CANCEL: 67,
  FILL: 70,
  MODIFY: 77,
  NONE: 78,
  CLEAR: 82,
  TRADE: 84,
} as const;

/** Side codes: the ASCII letter that the format stores. */
export const SIDE = { ASK: 65, BID: 66, NONE: 78 } as const;

/** Flag bits; bit 0 is reserved, so mask and never compare. */
export const FLAG = {
  LAST: 128,
  TOB: 64,
  SNAPSHOT: 32,
  MBP: 16,
  BAD_TS_RECV: 8,
  MAYBE_BAD_BOOK: 4,
  PUBLISHER_SPECIFIC: 2,
} as const;
