import { MBO_WORD, type MboBlock } from "./mbo.ts";

/** Fields of one mbo record as unsigned numbers, 64-bit ones in halves; reuse one object per writer. */
export interface MboFields {
  publisherId: number;
  instrumentId: number;
  tsEventLow: number;
  tsEventHigh: number;
  orderIdLow: number;
  orderIdHigh: number;
  priceLow: number;
  priceHigh: number;
  size: number;
  flags: number;
  channelId: number;
  action: number;
  side: number;
  tsRecvLow: number;
  tsRecvHigh: number;
  tsInDelta: number;
  sequence: number;
}

const STRIDE_WORDS = 14;
const HEADER = STRIDE_WORDS | (0xa0 << 8);

/**
 * Writes record `index` of a block of plain mbo records (14 words each) without allocating.
 *
 * @param words Room for `index + 1` records.
 * @throws {RangeError} When the block has no room for the record.
 * @see docs/methods/dbn.md, "Writing".
 */
export function writeMbo(words: Uint32Array, index: number, record: MboFields): void {
  const at = index * STRIDE_WORDS;
  if (!(at >= 0 && at + STRIDE_WORDS <= words.length)) {
    throw new RangeError(`Cannot write mbo record ${index} into a block of words: ${words.length}`);
  }
  words[at + MBO_WORD.HEADER] = HEADER | (record.publisherId << 16);
  words[at + MBO_WORD.INSTRUMENT_ID] = record.instrumentId;
  words[at + MBO_WORD.TS_EVENT_LOW] = record.tsEventLow;
  words[at + MBO_WORD.TS_EVENT_HIGH] = record.tsEventHigh;
  words[at + MBO_WORD.ORDER_ID_LOW] = record.orderIdLow;
  words[at + MBO_WORD.ORDER_ID_HIGH] = record.orderIdHigh;
  words[at + MBO_WORD.PRICE_LOW] = record.priceLow;
  words[at + MBO_WORD.PRICE_HIGH] = record.priceHigh;
  words[at + MBO_WORD.SIZE] = record.size;
  words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = (record.flags & 0xff) |
    ((record.channelId & 0xff) << 8) | ((record.action & 0xff) << 16) | (record.side << 24);
  words[at + MBO_WORD.TS_RECV_LOW] = record.tsRecvLow;
  words[at + MBO_WORD.TS_RECV_HIGH] = record.tsRecvHigh;
  words[at + MBO_WORD.TS_IN_DELTA] = record.tsInDelta;
  words[at + MBO_WORD.SEQUENCE] = record.sequence;
}

/** The records of a block as file bytes, in place. */
export function mboBytes(block: MboBlock): Uint8Array {
  const { words, strideWords, count } = block;
  return new Uint8Array(words.buffer, words.byteOffset, count * strideWords * 4);
}
