import {
  DEFAULT_PARAMETERS,
  type SignalParameters,
  type SignalRows,
} from "../../../engine/signals/mod.ts";
import { COLUMN, ColumnStore, NO_TICK } from "./column_store.ts";
import { type Forecast, ForecastTrack } from "./forecast_track.ts";
import { KeptRows } from "./kept_rows.ts";
import { GridDecoder } from "./grid_decoder.ts";
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

/** The bins of one instrument under one configuration, and the signals made of them. */
export class BinHistory {
  readonly config: StreamConfig;
  readonly store: ColumnStore;
  readonly signals: SignalTrack;
  /** What traded in the columns. */
  readonly trades: TradeStore;
  readonly forecasts = new ForecastTrack(HISTORY_COLUMNS);
  readonly #decoder: GridDecoder;
  readonly #kept: KeptRows;
  #parameters: SignalParameters = DEFAULT_PARAMETERS;
  #baseNs: bigint | null = null;

  constructor(config: StreamConfig) {
    this.config = config;
    this.#decoder = new GridDecoder(config);
    this.store = new ColumnStore(HISTORY_COLUMNS, config.radius, this.#decoder.names.length);
    this.#kept = new KeptRows(HISTORY_COLUMNS, this.#decoder.k);
    this.signals = new SignalTrack(config.cellMs, this.#decoder);
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
   * Adds one bin, and before it the columns that are missing since the last one.
   *
   * @throws {WireError} When the Arrow rows break the contract; nothing is stored then.
   */
  accept(update: BinHeader, rows: Uint8Array): Accepted {
    const restarted = this.#isBeforeEnd(update);
    if (restarted && this.#holds(update)) return "duplicate";
    this.#decoder.decode(rows);
    if (restarted) this.clear();
    this.#baseNs ??= update.binStartNs;
    const startNs = Number(update.binStartNs - this.#baseNs);
    if (this.store.last >= 0) {
      const slot = this.store.slot(this.store.last);
      this.#fillGap(slot, update.binSeq, startNs);
    }
    this.#push(update, startNs, Number(update.binEndNs - this.#baseNs));
    return restarted ? "restarted" : "added";
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

  /** True when the bin is known already, or older than all that is kept, as after a reconnect. */
  #holds(update: BinHeader): boolean {
    const { store } = this;
    const startNs = Number(update.binStartNs - this.baseNs);
    if (update.binSeq > store.binSeq[store.slot(store.last)]!) return false;
    for (let position = store.last; position >= store.first; position--) {
      const slot = store.slot(position);
      if (store.startNs[slot]! <= startNs) {
        return store.kind[slot] === COLUMN.GAP || store.binSeq[slot] === update.binSeq;
      }
    }
    return true;
  }

  #fillGap(slot: number, binSeq: number, startNs: number): void {
    const missing = this.#missing(slot, binSeq, startNs);
    if (missing <= 0) return;
    const { store } = this;
    const breaks = this.#breaks(slot, binSeq, startNs);
    store.pushGap(Math.min(missing, MAX_GAP_COLUMNS), store.endNs[slot]!, startNs);
    if (breaks) this.signals.reset();
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

  #push(update: BinHeader, startNs: number, endNs: number): void {
    const { store } = this;
    const slot = store.pushBin({
      startNs,
      endNs,
      binSeq: update.binSeq,
      eventCount: update.binEventCount,
      eventId: update.eventId,
      spotTick: this.#tick(update.spotPriceInt),
      bidTick: this.#tick(update.bidPriceInt),
      askTick: this.#tick(update.askPriceInt),
      halfTick: update.spotHalfTick,
      bookValid: update.bookValid,
      live: update.live,
    });
    store.cells.set(this.#decoder.cells, store.offset(slot, 0));
    store.eventIds.set(this.#decoder.eventIds, slot * store.rows);
    this.#kept.write(slot, this.#decoder);
    this.forecasts.write(slot, update.forecast);
    this.signals.update(store, slot, this.signals.decoded(update.spotHalfTick));
    this.signals.judge();
  }

  #tick(priceInt: number): number {
    return priceInt > 0 ? Math.round(priceInt / this.config.tickInt) : NO_TICK;
  }
}
