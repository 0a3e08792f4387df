import { MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import { type Frame, RowBatch } from "../../frames/mod.ts";
import { type TableLayout, TABLES } from "../../frames/surfaces/mod.ts";
import type { DayOption } from "../reference/mod.ts";

const WORDS = 14;
const HIGH_WORD = 4_294_967_296;
const ROWS_PER_FRAME = 65_536;
const MBO_RTYPE = 160;
const NO_PRICE_HIGH = 0x7fff_ffff;
const NO_PRICE_LOW = 0xffff_ffff;

/** What an instrument of a table is called, and what it is an option on. */
export interface MboInstrument {
  readonly symbol: string;
  readonly option: Pick<DayOption, "underlying" | "isCall" | "strikeInt" | "expirationNs"> | null;
}

/**
 * Order events of some instruments as a table of the lake, in the order of their file. Every record is kept,
 * also what a book will refuse, so that a book of the table is that of the file.
 */
export class MboTable {
  readonly #table: TableLayout;
  readonly #instruments: ReadonlyMap<number, MboInstrument>;
  readonly #onRows: (frame: Frame) => void;
  readonly #rows: RowBatch;
  /** Words of the records of a block that are of the table's instruments. */
  readonly #words = new Uint32Array(ROWS_PER_FRAME * WORDS);
  #count = 0;
  #others = 0;

  /**
   * @param instruments By instrument id: all of them options, or none.
   * @param onRows Takes rows as they become many; they are valid during the call.
   */
  constructor(
    instruments: ReadonlyMap<number, MboInstrument>,
    onRows: (frame: Frame) => void,
  ) {
    const areOptions = [...instruments.values()].some(({ option }) => option !== null);
    this.#table = areOptions ? TABLES.OPTION_MBO : TABLES.FUTURE_MBO;
    this.#rows = new RowBatch(this.#table);
    this.#instruments = instruments;
    this.#onRows = onRows;
  }

  /** Records of other instruments, which were passed over. */
  get others(): number {
    return this.#others;
  }

  /** Takes the records of a block. */
  take({ words, strideWords, count }: MboBlock): void {
    for (let at = 0; at < count * strideWords; at += strideWords) {
      if (!this.#instruments.has(words[at + MBO_WORD.INSTRUMENT_ID]!)) {
        this.#others++;
        continue;
      }
      const into = this.#count++ * WORDS;
      for (let word = 0; word < WORDS; word++) this.#words[into + word] = words[at + word]!;
      if (this.#count === ROWS_PER_FRAME) this.finish();
    }
  }

  /** Hands over the rows that are left. */
  finish(): void {
    if (this.#count === 0) return;
    this.#rows.clear();
    this.#rows.extend(this.#count);
    this.#writePlain();
    this.#writeWide("ts_recv", MBO_WORD.TS_RECV_LOW);
    this.#writeWide("ts_event", MBO_WORD.TS_EVENT_LOW);
    this.#writeWide("order_id", MBO_WORD.ORDER_ID_LOW);
    this.#writeCodes("action", 16);
    this.#writeCodes("side", 24);
    this.#writeInstruments();
    this.#count = 0;
    this.#onRows(this.#rows.frame());
  }

  #writePlain(): void {
    const words = this.#words;
    const four = (at: number) => words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    this.#put("size", (at) => words[at + MBO_WORD.SIZE]!);
    this.#put("channel_id", (at) => four(at) >>> 8 & 0xff);
    this.#put("rtype", () => MBO_RTYPE);
    this.#put("publisher_id", (at) => words[at + MBO_WORD.HEADER]! >>> 16);
    this.#put("flags", (at) => four(at) & 0xff);
    this.#put("instrument_id", (at) => words[at + MBO_WORD.INSTRUMENT_ID]!);
    this.#put("ts_in_delta", (at) => words[at + MBO_WORD.TS_IN_DELTA]! | 0);
    this.#put("sequence", (at) => words[at + MBO_WORD.SEQUENCE]!);
    this.#put("price", (at) => priceAt(words, at));
  }

  #put(name: string, value: (at: number) => number): void {
    const column = this.#rows.doubles(this.#rows.place(name));
    for (let row = 0; row < this.#count; row++) column[row] = value(row * WORDS);
  }

  #writeWide(name: string, low: number): void {
    const halves = this.#rows.words(this.#rows.place(name));
    for (let row = 0; row < this.#count; row++) {
      halves[2 * row] = this.#words[row * WORDS + low]!;
      halves[2 * row + 1] = this.#words[row * WORDS + low + 1]!;
    }
  }

  /** Letters as their places in the column's list; one that is none of it is N, which changes no book. */
  #writeCodes(name: string, shift: number): void {
    const place = this.#rows.place(name);
    const codes = this.#table.columns[place]?.codes ?? [];
    const places = new Uint8Array(256).fill(codes.indexOf("N"));
    codes.forEach((letter, at) => places[letter.charCodeAt(0)] = at);
    const column = this.#rows.bytes(place);
    for (let row = 0; row < this.#count; row++) {
      const four = this.#words[row * WORDS + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      column[row] = places[four >>> shift & 0xff]!;
    }
  }

  #writeInstruments(): void {
    const rows = this.#rows;
    const isOption = this.#table === TABLES.OPTION_MBO;
    const symbols = rows.texts(rows.place("symbol"));
    for (let row = 0; row < this.#count; row++) {
      const id = this.#words[row * WORDS + MBO_WORD.INSTRUMENT_ID]!;
      const { symbol, option } = this.#instruments.get(id)!;
      symbols[row] = symbol;
      if (isOption && option !== null) this.#writeOption(row, option);
    }
  }

  #writeOption(row: number, option: NonNullable<MboInstrument["option"]>): void {
    const rows = this.#rows;
    rows.texts(rows.place("underlying"))[row] = option.underlying;
    rows.bytes(rows.place("right"))[row] = option.isCall ? 0 : 1;
    rows.doubles(rows.place("strike"))[row] = option.strikeInt;
    const expirations = rows.words(rows.place("expiration"));
    expirations[2 * row] = Number(option.expirationNs & 0xffff_ffffn);
    expirations[2 * row + 1] = Number(option.expirationNs >> 32n);
  }
}

/** Price of a record, 0 where it has none. */
function priceAt(words: Uint32Array, at: number): number {
  const low = words[at + MBO_WORD.PRICE_LOW]!;
  const high = words[at + MBO_WORD.PRICE_HIGH]!;
  if (high === NO_PRICE_HIGH && low === NO_PRICE_LOW) return 0;
  return (high | 0) * HIGH_WORD + low;
}
