import { BinClock, type BinClockState } from "../../clock/mod.ts";
import { ACTION, FLAG, MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import { Band } from "../band.ts";
import {
  BookRecord,
  fillBand,
  QUALITY,
  STRIKE_STEP_INT,
  SurfaceBook,
  type SurfaceBookState,
} from "../book/mod.ts";
import { StrikeFlow } from "./strike_flow.ts";

/** Length of a window, ns. */
const WINDOW_NS = 1_000_000_000;
/** 1e-9 points per tick of an option's premium. */
const OPTION_TICK_NANO = 50_000_000;
/** Ticks on each side of the spot that a window's band has; surfaces with fewer are part of it. */
const BAND_HALF_TICKS = 600;
/** Strikes on each side of the middle; surfaces with fewer are part of it. */
const STRIKE_HALF = 12;

const HIGH_WORD = 4_294_967_296;
const UNDEF_PRICE_HIGH = 0x7fff_ffff;
const UNDEF_PRICE_LOW = 0xffff_ffff;
const SIGN_BIT = 0x8000_0000;
/** Offsets from here on are not exact, and mostly not times: 104 days. */
const MAX_OFFSET_NS = 2 ** 53;
/** A future's book at first: it has some thousand orders. */
const FUTURE_ROOM = { orders: 4_096, levels: 1_024 } as const;
/** An option's, of which there are hundreds. */
const OPTION_ROOM = { orders: 16, levels: 16 } as const;

/** Options of a day: columns of one length, by ascending instrument id. Only read. */
export interface ListedOptions {
  readonly instrumentId: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  /** 1e-9 points. */
  readonly strikeInt: Float64Array;
}

/** What a run reads, and where its windows go. */
export interface SurfaceWindowsOptions {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  readonly future: { readonly instrumentId: number; readonly tickNano: number };
  readonly options: ListedOptions;
  /** Called at the end of every window; what it reads is overwritten by the next. */
  readonly onWindow: (windows: SurfaceWindows) => void;
}

/** Copy of all books and the clock, fit for structured clone. */
export interface SurfaceWindowsState {
  readonly clock: BinClockState;
  readonly late: number;
  readonly undefinedInstruments: number;
  readonly books: readonly SurfaceBookState[];
}

/** Best prices of every option at the end of a window, in the order of the options; 0 = none. */
export interface OptionQuotes {
  /** 1e-9 points; 0 unless both sides exist and do not cross. */
  readonly bidInt: Float64Array;
  readonly askInt: Float64Array;
  /** 1 where the option's book can be trusted. */
  readonly isValid: Uint8Array;
}

/**
 * Books of a future and its options under one clock of windows of a second: every record goes to the
 * book of its instrument, and all windows end together. Records of a snapshot never move the clock;
 * every other one does, also one that is rejected or of an unknown instrument. The first starts it. Late
 * records belong to the open window.
 *
 * @see docs/methods/surfaces-book.md
 */
export class SurfaceWindows {
  readonly future: SurfaceBook;
  /** In the order of the options. */
  optionBooks: readonly SurfaceBook[] = [];
  options: ListedOptions;
  /** The future within 600 ticks of its spot. */
  readonly band = new Band(BAND_HALF_TICKS);
  quotes: OptionQuotes = quotesOf(0);
  readonly strikeFlow = new StrikeFlow(STRIKE_HALF);
  /** Option books that can be trusted. */
  validOptionBooks = 0;
  /** Records of all instruments in the window that belong to an earlier one. */
  late = 0;
  /** Records of instruments without a book, in the window. */
  undefinedInstruments = 0;
  /** Options whose strike is no multiple of 5 points: their flow is in the nearest strike's. */
  offGridOptions = 0;
  readonly #onWindow: (windows: SurfaceWindows) => void;
  readonly #record = new BookRecord();
  readonly #clock = new BinClock(WINDOW_NS);
  /** Of the base. */
  readonly #pastSecondNs: number;
  readonly #baseLow: number;
  readonly #baseHigh: number;
  readonly #futureId: number;
  readonly #bookOf = new Map<number, SurfaceBook>();
  #lastId = -1;
  #lastBook: SurfaceBook | undefined;

  constructor({ baseNs, future, options, onWindow }: SurfaceWindowsOptions) {
    this.#pastSecondNs = Number(baseNs % BigInt(WINDOW_NS));
    this.#baseLow = Number(baseNs & 0xffff_ffffn);
    this.#baseHigh = Number(baseNs >> 32n);
    this.#onWindow = onWindow;
    this.options = options;
    this.future = new SurfaceBook({ tickNano: future.tickNano, ...FUTURE_ROOM });
    this.#futureId = future.instrumentId;
    this.list(options);
  }

  /** Takes other options in the place of those listed, whose books are forgotten. */
  list(options: ListedOptions): void {
    this.options = options;
    this.#bookOf.clear();
    this.#bookOf.set(this.#futureId, this.future);
    this.optionBooks = Array.from(options.instrumentId, (id) => {
      const book = new SurfaceBook({ tickNano: OPTION_TICK_NANO, ...OPTION_ROOM });
      if (!Number.isNaN(this.#clock.endNs)) book.openWindow(this.#clock.endNs);
      this.#bookOf.set(id, book);
      return book;
    });
    this.#lastId = -1;
    this.quotes = quotesOf(this.optionBooks.length);
    this.offGridOptions = options.strikeInt.reduce(
      (sum, strike) => sum + (strike % STRIKE_STEP_INT === 0 ? 0 : 1),
      0,
    );
  }

  /** Start of the open window, ns offset; NaN before the first. */
  get startNs(): number {
    return this.#clock.startNs;
  }

  /** End of the open window, ns offset; NaN before the first. */
  get endNs(): number {
    return this.#clock.endNs;
  }

  /** Quality of the window as far as books tell, in bits. */
  get quality(): number {
    return this.future.row.quality | (this.late > 0 ? QUALITY.LATE : 0) |
      (this.validOptionBooks === 0 ? QUALITY.NO_OPTION_BOOK : 0);
  }

  /** Whether the window's sums per strike can be trusted. */
  get isStrikeFlowValid(): boolean {
    const { row } = this.future;
    return row.spotRefInt > 0 && row.isBookValid && this.validOptionBooks > 0;
  }

  /** Takes records in order, those of all instruments together. */
  take(block: MboBlock): void {
    const { words, strideWords, count } = block;
    const record = this.#record;
    for (let i = 0, o = 0; i < count; i++, o += strideWords) {
      const packed = words[o + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      const priceLow = words[o + MBO_WORD.PRICE_LOW]!;
      const priceHigh = words[o + MBO_WORD.PRICE_HIGH]!;
      const isUndefined = priceHigh === UNDEF_PRICE_HIGH && priceLow === UNDEF_PRICE_LOW;
      record.tsNs = (words[o + MBO_WORD.TS_EVENT_HIGH]! - this.#baseHigh) * HIGH_WORD +
        (words[o + MBO_WORD.TS_EVENT_LOW]! - this.#baseLow);
      record.priceNano = isUndefined
        ? 0
        : (priceHigh >= SIGN_BIT ? priceHigh - HIGH_WORD : priceHigh) * HIGH_WORD + priceLow;
      record.action = (packed >>> 16) & 0xff;
      record.side = packed >>> 24;
      record.size = words[o + MBO_WORD.SIZE]!;
      record.idLow = words[o + MBO_WORD.ORDER_ID_LOW]! | 0;
      record.idHigh = words[o + MBO_WORD.ORDER_ID_HIGH]! | 0;
      record.flags = packed & 0xff;
      this.takeRecord(words[o + MBO_WORD.INSTRUMENT_ID]!, record);
    }
  }

  /** Takes one record; it is read before the call returns. */
  takeRecord(instrumentId: number, record: BookRecord): void {
    if (!(record.tsNs < MAX_OFFSET_NS)) {
      // What has no time cannot be applied; what its flags say happens.
      record.tsNs = 0;
      record.action = ACTION.ADD;
      record.size = 0;
    } else if ((record.flags & FLAG.SNAPSHOT) === 0) this.#goTo(record);
    if (instrumentId !== this.#lastId) {
      this.#lastId = instrumentId;
      this.#lastBook = this.#bookOf.get(instrumentId);
    }
    if (this.#lastBook === undefined) this.undefinedInstruments++;
    else this.#lastBook.apply(record);
  }

  /** Closes every window that ends at or before `tsNs`, an offset: no earlier record comes. */
  closeUntil(tsNs: number): void {
    while (this.#clock.endNs <= tsNs) this.#close();
  }

  /** Ends the input: the open window is closed. */
  finish(): void {
    if (!Number.isNaN(this.#clock.endNs)) this.#close();
  }

  /** Copies all books between records; what the last window left to read is not part of it. */
  save(): SurfaceWindowsState {
    return {
      clock: this.#clock.save(),
      late: this.late,
      undefinedInstruments: this.undefinedInstruments,
      books: [this.future, ...this.optionBooks].map((book) => book.save()),
    };
  }

  /** Puts a copy of the same options back. @throws {RangeError} When it has other books. */
  restore(state: SurfaceWindowsState): void {
    const books = [this.future, ...this.optionBooks];
    if (state.books.length !== books.length) {
      throw new RangeError(`Cannot restore ${state.books.length} books into ${books.length}`);
    }
    this.#clock.restore(state.clock);
    this.late = state.late;
    this.undefinedInstruments = state.undefinedInstruments;
    state.books.forEach((copy, i) => books[i]?.restore(copy));
  }

  #goTo({ tsNs }: BookRecord): void {
    const clock = this.#clock;
    if (tsNs >= clock.endNs) this.closeUntil(tsNs);
    else if (tsNs < clock.startNs) this.late++;
    else if (Number.isNaN(clock.endNs)) {
      const past = this.#pastSecondNs;
      clock.open(Math.floor((tsNs + past) / WINDOW_NS) * WINDOW_NS - past);
      this.future.openWindow(clock.endNs);
      for (const book of this.optionBooks) book.openWindow(clock.endNs);
    }
  }

  #close(): void {
    const { future, optionBooks, strikeFlow, options } = this;
    future.finishWindow();
    fillBand(this.band, future.levels, Math.round(future.row.spotRefInt / future.tickNano));
    strikeFlow.moveTo(future.row.strikeRefInt);
    this.validOptionBooks = 0;
    for (let i = 0; i < optionBooks.length; i++) {
      const book = optionBooks[i]!;
      book.finishWindow();
      strikeFlow.take(book, options.strikeInt[i]!, options.isCall[i] === 1);
      this.#quote(book, i);
    }
    this.#onWindow(this);
    const clock = this.#clock;
    clock.next();
    future.nextWindow(clock.endNs);
    for (let i = 0; i < optionBooks.length; i++) optionBooks[i]!.nextWindow(clock.endNs);
    this.late = 0;
    this.undefinedInstruments = 0;
  }

  #quote({ row }: SurfaceBook, i: number): void {
    const { bidInt, askInt, isValid } = this.quotes;
    const isQuoted = row.bestBidInt > 0 && row.bestAskInt > row.bestBidInt;
    bidInt[i] = isQuoted ? row.bestBidInt : 0;
    askInt[i] = isQuoted ? row.bestAskInt : 0;
    isValid[i] = row.isBookValid ? 1 : 0;
    this.validOptionBooks += isValid[i]!;
  }
}

function quotesOf(options: number): OptionQuotes {
  return {
    bidInt: new Float64Array(options),
    askInt: new Float64Array(options),
    isValid: new Uint8Array(options),
  };
}
