import {
  DEFAULT_PARAMETERS,
  type SignalParameters,
  type SignalRows,
} from "../../../engine/signals/mod.ts";
import { COLUMN, type ColumnHeader, ColumnStore, NO_TICK } from "./column_store.ts";
import { type Forecast, ForecastTrack } from "./forecast_track.ts";
import { KeptRows } from "./kept_rows.ts";
import { GridRows, type GridValues } from "./grid_rows.ts";
import { SignalTrack } from "./signal_track.ts";
import { TradeStore } from "./trades/mod.ts";
import type { BinHeader, StreamConfig } from "./wire.ts";

/** Columns kept in the browser; at 100 ms a bin nearly seven minutes. */
const HISTORY_COLUMNS = 4_096;
/** Longest hole drawn to scale; a longer one (a closed market) is drawn this wide. */
export const MAX_GAP_COLUMNS = 240;
/** A hole as long as the shortest slope of the signals: they start to warm up again after it. */
const SIGNAL_GAP_MS = 1_000;

/** What became of a bin that was offered to the history. */
export type Accepted = "added" | "duplicate" | "restarted";

/** One bin as it came, its rows read. */
export interface DecodedBin {
  readonly update: BinHeader;
  readonly values: GridValues;
  /** Arrow rows of what traded in a bin of the past; of others they come by themselves. */
  readonly trades?: Uint8Array;
}

/** The bins of one instrument under one configuration, and the signals made of them. */
export class BinHistory {
  readonly config: StreamConfig;
  readonly store: ColumnStore;
  readonly signals: SignalTrack;
  /** What traded in the columns. */
  readonly trades: TradeStore;
  readonly forecasts = new ForecastTrack(HISTORY_COLUMNS);
  readonly #newest: GridRows;
  readonly #kept: KeptRows;
  #parameters: SignalParameters = DEFAULT_PARAMETERS;
  #baseNs: bigint | null = null;
  /** True until the first bin of a stream that was opened anew. */
  #isReopened = false;
  /** Bins before that one which are still to come. */
  #comingBins = 0;

  constructor(config: StreamConfig) {
    this.config = config;
    this.#newest = new GridRows(config);
    this.store = new ColumnStore(HISTORY_COLUMNS, config.radius, this.#newest.names.length);
    this.#kept = new KeptRows(HISTORY_COLUMNS, this.#newest.k);
    this.signals = new SignalTrack(config.cellMs, this.#newest);
    this.trades = new TradeStore(HISTORY_COLUMNS);
  }

  /** Epoch ns that the store's times count from; 0 while it is empty. */
  get baseNs(): bigint {
    return this.#baseNs ?? 0n;
  }

  /** True when a newly opened stream continues what is stored here. */
  continues(config: StreamConfig): boolean {
    const own = this.config;
    return own.symbol === config.symbol && own.configVersion === config.configVersion &&
      own.feed?.model === config.feed?.model && own.feed?.name === config.feed?.name &&
      own.radius === config.radius && own.cellMs === config.cellMs;
  }

  /**
   * A stream was opened anew: its first bin is the newest there is, and up to `pastBins` before it will
   * be {@link fill}ed in behind it.
   */
  reopen(pastBins: number): void {
    this.#isReopened = true;
    this.#comingBins = pastBins;
  }

  /** Adds one bin, and before it the columns that are missing since the last one. */
  accept(bin: DecodedBin): Accepted {
    const { update, values } = bin;
    const isFirst = this.#isReopened;
    this.#isReopened = false;
    const isBack = this.#isBeforeEnd(update);
    if (isBack && this.#holds(update, isFirst)) return "duplicate";
    if (isBack) this.clear();
    this.#baseNs ??= update.binStartNs;
    const startNs = Number(update.binStartNs - this.#baseNs);
    if (this.store.last >= 0) this.#leaveGap(update.binSeq, startNs, isFirst);
    this.#comingBins = 0;
    const slot = this.store.pushBin(this.#headerOf(update));
    this.#newest.set(values);
    this.#write(slot, bin);
    this.signals.update(this.store, slot, this.signals.decoded(update.spotHalfTick));
    this.signals.judge();
    return isBack ? "restarted" : "added";
  }

  /**
   * Puts a bin where it is missing, or before all others. Signals do not follow; {@link setParameters}
   * computes them over all that is kept.
   *
   * @returns The position, or null when the bin is there already or there is no room for it.
   */
  fill(bin: DecodedBin): number | null {
    const { store } = this;
    const { update } = bin;
    if (store.last < 0 || this.#baseNs === null) return null;
    const header = this.#headerOf(update);
    const isOldest = header.endNs <= store.startNs[store.slot(store.first)]!;
    const position = isOldest
      ? this.#prepend(header)
      : this.#replace(header, store.positionAt((header.startNs + header.endNs) / 2));
    if (position !== null) this.#write(store.slot(position), bin);
    return position;
  }

  /**
   * Adds the trades of a bin that was added before; those of others are passed over.
   *
   * @throws {WireError} When the Arrow rows break the contract.
   */
  acceptTrades(binSeq: number, rows: Uint8Array): void {
    const position = this.store.positionOf(binSeq);
    if (position >= 0) this.trades.put(position, binSeq, rows);
  }

  /** What is forecast at the end of the newest bin in sight; null where there is none. */
  forecast(): Forecast | null {
    const { store, forecasts } = this;
    const slot = store.slot(store.last);
    return store.last >= 0 && store.kind[slot] === COLUMN.BIN ? forecasts.at(slot) : null;
  }

  /** What the signals and their bands are computed with. */
  get parameters(): SignalParameters {
    return this.#parameters;
  }

  /** Computes the signals of every kept bin anew with other parameters, and of all that come. */
  setParameters(parameters: SignalParameters): void {
    const { store, signals } = this;
    this.#parameters = parameters;
    signals.setParameters(parameters);
    let before = -1;
    for (let position = store.first; position <= store.last; position++) {
      const slot = store.slot(position);
      if (store.kind[slot] !== COLUMN.BIN) continue;
      if (before >= 0 && this.#breaks(before, store.binSeq[slot]!, store.startNs[slot]!)) {
        signals.reset();
      }
      signals.update(store, slot, this.signalRows(position));
      before = slot;
    }
    if (before >= 0) signals.judge();
  }

  /** What the signals read of a kept bin. Only meaningful for a position that holds one. */
  signalRows(position: number): SignalRows {
    const slot = this.store.slot(position);
    return this.#kept.at(slot, this.store.halfTick[slot] === 1);
  }

  /**
   * Hides every bin that had not ended at a time, epoch ms. Nothing at all is seen when the page keeps no
   * bin of that time. Returns whether it keeps one.
   */
  showUntil(ts: number): boolean {
    const { store, config } = this;
    const endNs = Number(BigInt(Math.round(ts * 1_000)) * 1_000n - this.baseNs);
    store.showUntil(endNs);
    const slot = store.slot(store.last);
    const isKept = store.last >= 0 && store.kind[slot] === COLUMN.BIN &&
      endNs - store.endNs[slot]! < 2 * config.cellMs * 1e6;
    if (!isKept) store.showUntil(-Infinity);
    return isKept;
  }

  /** Forgets all columns and signals. */
  clear(): void {
    this.store.clear();
    this.signals.reset();
    this.trades.clear();
    this.#baseNs = null;
  }

  #isBeforeEnd(update: BinHeader): boolean {
    const { store } = this;
    if (this.#baseNs === null || store.last < 0) return false;
    return Number(update.binStartNs - this.#baseNs) < store.endNs[store.slot(store.last)]!;
  }

  /** True when the bin is known already. */
  #holds(update: BinHeader, isFirst: boolean): boolean {
    const { store } = this;
    const startNs = Number(update.binStartNs - this.baseNs);
    if (update.binSeq > store.binSeq[store.slot(store.last)]!) return false;
    for (let position = store.last; position >= store.first; position--) {
      const slot = store.slot(position);
      if (store.startNs[slot]! <= startNs) {
        return store.kind[slot] === COLUMN.GAP || store.binSeq[slot] === update.binSeq;
      }
    }
    // Older than all that is kept: sent once more, unless it is the newest that there is.
    return !isFirst;
  }

  /** Leaves columns between the newest bin and the next for what is missing. */
  #leaveGap(binSeq: number, startNs: number, isFirst: boolean): void {
    const { store } = this;
    const slot = store.slot(store.last);
    const missing = this.#missing(slot, binSeq, startNs);
    if (missing <= 0) return;
    const breaks = this.#breaks(slot, binSeq, startNs);
    const fromNs = store.endNs[slot]!;
    // What will come has a column for each bin, so that it fits in; a longer hole before it has not.
    const coming = isFirst ? Math.min(missing, this.#comingBins) : 0;
    const lost = missing - coming;
    const comingNs = startNs - coming * this.config.cellMs * 1e6;
    if (lost > 0) store.pushGap(Math.min(lost, MAX_GAP_COLUMNS), fromNs, comingNs);
    if (coming > 0) store.pushGap(coming, lost > 0 ? comingNs : fromNs, startNs);
    if (breaks) this.signals.reset();
  }

  #prepend(header: ColumnHeader): number | null {
    const { store } = this;
    const first = store.slot(store.first);
    const firstNs = store.startNs[first]!;
    const bySeq = store.kind[first] === COLUMN.BIN ? store.binSeq[first]! - header.binSeq - 1 : 0;
    const byTime = Math.round((firstNs - header.endNs) / (this.config.cellMs * 1e6));
    const missing = Math.min(Math.max(0, bySeq, byTime), MAX_GAP_COLUMNS);
    if (store.room < missing + 1) return null;
    if (missing > 0) store.pushOldGap(missing, header.endNs, firstNs);
    store.pushOldBin(header);
    return store.first;
  }

  #replace(header: ColumnHeader, position: number): number | null {
    const { store } = this;
    if (position < 0 || store.kind[store.slot(position)] !== COLUMN.GAP) return null;
    store.fillGap(position, header);
    return position;
  }

  /** Bins that are missing between a stored one and the next. */
  #missing(slot: number, binSeq: number, startNs: number): number {
    const { store } = this;
    const bySeq = binSeq - store.binSeq[slot]! - 1;
    return Math.max(bySeq, Math.round((startNs - store.endNs[slot]!) / (this.config.cellMs * 1e6)));
  }

  /** Whether so much is missing that the signals warm up anew. */
  #breaks(slot: number, binSeq: number, startNs: number): boolean {
    return this.#missing(slot, binSeq, startNs) * this.config.cellMs >= SIGNAL_GAP_MS;
  }

  #headerOf(update: BinHeader): ColumnHeader {
    return {
      startNs: Number(update.binStartNs - this.baseNs),
      endNs: Number(update.binEndNs - this.baseNs),
      binSeq: update.binSeq,
      eventCount: update.binEventCount,
      eventId: update.eventId,
      spotTick: this.#tick(update.spotPriceInt),
      bidTick: this.#tick(update.bidPriceInt),
      askTick: this.#tick(update.askPriceInt),
      halfTick: update.spotHalfTick,
      bookValid: update.bookValid,
      live: update.live,
    };
  }

  #write(slot: number, { update, values }: DecodedBin): void {
    const { store } = this;
    store.cells.set(values.cells, store.offset(slot, 0));
    store.eventIds.set(values.eventIds, slot * store.rows);
    this.#kept.write(slot, values);
    this.forecasts.write(slot, update.forecast);
  }

  #tick(priceInt: number): number {
    return priceInt > 0 ? Math.round(priceInt / this.config.tickInt) : NO_TICK;
  }
}
