import { MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import { arrayAs, type Frame, rowsOf } from "../../frames/mod.ts";
import { TABLES } from "../../frames/surfaces/mod.ts";

const WORDS = 14;
const HIGH_WORD = 4_294_967_296;
const HEADER = WORDS | (0xa0 << 8);
const { columns: COLUMNS } = TABLES.FUTURE_MBO;
const place = (name: string) => COLUMNS.findIndex((column) => column.name === name);
const AT = {
  TS_RECV: place("ts_recv"),
  SIZE: place("size"),
  TS_EVENT: place("ts_event"),
  CHANNEL: place("channel_id"),
  ORDER_ID: place("order_id"),
  PUBLISHER: place("publisher_id"),
  FLAGS: place("flags"),
  INSTRUMENT: place("instrument_id"),
  TS_IN_DELTA: place("ts_in_delta"),
  ACTION: place("action"),
  SEQUENCE: place("sequence"),
  SIDE: place("side"),
  PRICE: place("price"),
} as const;
const lettersOf = (at: number) => (COLUMNS[at]?.codes ?? []).map((text) => text.charCodeAt(0));
const ACTIONS = lettersOf(AT.ACTION);
const SIDES = lettersOf(AT.SIDE);

/**
 * Rows of a table of orders as records again, for whatever reads a file of them. A price that is 0 stays so:
 * it was none.
 *
 * @param frame Of the futures' orders or the options'.
 * @throws {LayoutError} When a column is kept in another way.
 */
export function mboBlockOf(frame: Pick<Frame, "columns">): MboBlock {
  const count = rowsOf(frame);
  const words = new Uint32Array(count * WORDS);
  const doubles = (at: number) => arrayAs(Float64Array, frame.columns[at], COLUMNS[at]!.name);
  const codes = (at: number) => arrayAs(Uint8Array, frame.columns[at], COLUMNS[at]!.name);
  const wide = (at: number, low: number) => {
    const column = arrayAs(BigInt64Array, frame.columns[at], COLUMNS[at]!.name);
    const halves = new Uint32Array(column.buffer, column.byteOffset, 2 * count);
    for (let row = 0; row < count; row++) {
      words[row * WORDS + low] = halves[2 * row]!;
      words[row * WORDS + low + 1] = halves[2 * row + 1]!;
    }
  };
  const publishers = doubles(AT.PUBLISHER);
  const prices = doubles(AT.PRICE);
  const [flags, channels] = [doubles(AT.FLAGS), doubles(AT.CHANNEL)];
  const [actions, sides] = [codes(AT.ACTION), codes(AT.SIDE)];
  const plain = [
    [doubles(AT.INSTRUMENT), MBO_WORD.INSTRUMENT_ID],
    [doubles(AT.SIZE), MBO_WORD.SIZE],
    [doubles(AT.TS_IN_DELTA), MBO_WORD.TS_IN_DELTA],
    [doubles(AT.SEQUENCE), MBO_WORD.SEQUENCE],
  ] as const;
  for (let row = 0; row < count; row++) {
    const at = row * WORDS;
    words[at + MBO_WORD.HEADER] = HEADER | (publishers[row]! << 16);
    words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = flags[row]! | (channels[row]! << 8) |
      (ACTIONS[actions[row]!]! << 16) | (SIDES[sides[row]!]! << 24);
    const high = Math.floor(prices[row]! / HIGH_WORD);
    words[at + MBO_WORD.PRICE_LOW] = prices[row]! - high * HIGH_WORD;
    words[at + MBO_WORD.PRICE_HIGH] = high;
    for (const [column, word] of plain) words[at + word] = column[row]!;
  }
  wide(AT.TS_RECV, MBO_WORD.TS_RECV_LOW);
  wide(AT.TS_EVENT, MBO_WORD.TS_EVENT_LOW);
  wide(AT.ORDER_ID, MBO_WORD.ORDER_ID_LOW);
  return { words, strideWords: WORDS, count };
}
