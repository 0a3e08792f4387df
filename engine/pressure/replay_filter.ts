import { ACTION, FLAG, MBO_WORD, type MboBlock } from "../dbn/mod.ts";

const HIGH_WORD = 4_294_967_296;
const UNDEF_PRICE_HIGH = 0x7fff_ffff;
const UNDEF_PRICE_LOW = 0xffff_ffff;
const SIGN_BIT = 0x8000_0000;
/** Offsets from here on are not exact, and mostly not times: 104 days. */
const MAX_OFFSET_NS = 2 ** 53;
/** Warnings that are passed on one by one; later ones only every so many. */
const WARNINGS_IN_FULL = 8;
const WARNING_STRIDE = 10_000;

/** Receives the events that pass a filter. */
export interface EventSink {
  /**
   * @param tsNs Event time, ns offset from the filter's base.
   * @param priceNano 1e-9 units.
   */
  onEvent(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void;
}

/** What of a file belongs to the run. */
export interface ReplayFilterOptions {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** Text symbol of an instrument id, or null when the file does not say. */
  readonly symbolOf: (instrumentId: number) => string | null;
  /** The instrument of the run. */
  readonly symbol: string;
  readonly future: boolean;
  /** Session `[fromNs, toNs)`, ns offsets; snapshots and clears pass always. */
  readonly fromNs: number;
  readonly toNs: number;
  /** Events before this offset are dropped, but for snapshots and clears; 0 = none. */
  readonly skipToNs: number;
  /** Forget the snapshot's clock when the snapshot ends. */
  readonly resetSnapshotClock: boolean;
  readonly onWarning: (message: string) => void;
}

/** Copy of a filter's memory. */
export interface ReplayFilterState {
  readonly snapshotActive: boolean;
  readonly snapshotNs: number;
}

/**
 * Turns the records of a file into the events of one instrument's session: symbol and session
 * filters, one clock for the records of a snapshot, no null prices. Reads words in place.
 *
 * @see docs/methods/pressure.md, "From records to events".
 */
export class ReplayFilter {
  readonly #options: ReplayFilterOptions;
  readonly #baseLow: number;
  readonly #baseHigh: number;
  #snapshotActive = false;
  #snapshotNs = 0;
  #knownId = -1;
  #knownPasses = false;
  #warnings = 0;

  constructor(options: ReplayFilterOptions) {
    this.#options = options;
    this.#baseLow = Number(options.baseNs & 0xffff_ffffn);
    this.#baseHigh = Number(options.baseNs >> 32n);
  }

  /** Passes the events of a block on, in order. */
  run(block: MboBlock, sink: EventSink): void {
    const { words, strideWords, count } = block;
    for (let i = 0, o = 0; i < count; i++, o += strideWords) {
      const packed = words[o + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      const flags = packed & 0xff;
      const action = (packed >>> 16) & 0xff;
      const side = packed >>> 24;
      const snapshot = (flags & FLAG.SNAPSHOT) !== 0;
      let tsNs = (words[o + MBO_WORD.TS_EVENT_HIGH]! - this.#baseHigh) * HIGH_WORD +
        (words[o + MBO_WORD.TS_EVENT_LOW]! - this.#baseLow);
      tsNs = this.#snapshotClock(tsNs, action, snapshot, (flags & FLAG.LAST) !== 0);
      if (!this.#passes(words[o + MBO_WORD.INSTRUMENT_ID]!)) continue;
      if (!(tsNs < MAX_OFFSET_NS)) {
        this.#warn("Dropped a record without a usable time");
        continue;
      }
      const always = snapshot || action === ACTION.CLEAR;
      if (!always && !this.#inTime(tsNs)) continue;
      const priceLow = words[o + MBO_WORD.PRICE_LOW]!;
      const priceHigh = words[o + MBO_WORD.PRICE_HIGH]!;
      let priceNano = (priceHigh >= SIGN_BIT ? priceHigh - HIGH_WORD : priceHigh) * HIGH_WORD +
        priceLow;
      if (priceHigh === UNDEF_PRICE_HIGH && priceLow === UNDEF_PRICE_LOW) {
        if (action === ACTION.ADD || action === ACTION.MODIFY) {
          this.#warn("Dropped an order without a price");
          continue;
        }
        priceNano = 0;
      }
      sink.onEvent(
        // Orders older than the base come in snapshots: all that counts is that they are old.
        tsNs > 0 ? tsNs : 1,
        action,
        side,
        priceNano,
        words[o + MBO_WORD.SIZE]!,
        words[o + MBO_WORD.ORDER_ID_LOW]!,
        words[o + MBO_WORD.ORDER_ID_HIGH]!,
        flags,
      );
    }
  }

  /** Copies the memory between records. */
  save(): ReplayFilterState {
    return { snapshotActive: this.#snapshotActive, snapshotNs: this.#snapshotNs };
  }

  restore(state: ReplayFilterState): void {
    this.#snapshotActive = state.snapshotActive;
    this.#snapshotNs = state.snapshotNs;
  }

  #snapshotClock(tsNs: number, action: number, snapshot: boolean, last: boolean): number {
    if (!snapshot && !this.#snapshotActive) return tsNs;
    let ends = false;
    if (action === ACTION.CLEAR && snapshot) {
      this.#snapshotActive = true;
      this.#snapshotNs = tsNs;
    } else if (this.#snapshotActive && last) {
      this.#snapshotActive = false;
      ends = true;
    }
    const result = snapshot && this.#snapshotNs > 0 ? this.#snapshotNs : tsNs;
    if (ends && this.#options.resetSnapshotClock) this.#snapshotNs = 0;
    return result;
  }

  #warn(message: string): void {
    const n = ++this.#warnings;
    if (n > WARNINGS_IN_FULL && n % WARNING_STRIDE !== 0) return;
    this.#options.onWarning(`${message} (warning ${n})`);
  }

  #inTime(tsNs: number): boolean {
    const { fromNs, toNs, skipToNs } = this.#options;
    if (!(tsNs >= fromNs && tsNs < toNs)) return false;
    return !(skipToNs > 0 && tsNs < skipToNs);
  }

  #passes(instrumentId: number): boolean {
    if (instrumentId === this.#knownId) return this.#knownPasses;
    const { symbol, symbolOf, future } = this.#options;
    const found = symbolOf(instrumentId) ?? "";
    this.#knownId = instrumentId;
    this.#knownPasses = found === "" || (found === symbol && !(future && found.includes("-")));
    return this.#knownPasses;
  }
}
