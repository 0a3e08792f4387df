import { COLUMN, ColumnStore, NO_TICK } from "./column_store.ts";
import { GridDecoder } from "./grid_decoder.ts";
import { SignalTrack } from "./signal_track.ts";
import type { GridUpdate, RuntimeConfig } from "./wire.ts";

/** Columns kept in the browser; at 100 ms a bin nearly seven minutes. */
export const HISTORY_COLUMNS = 4_096;
/** Longest hole drawn to scale; a longer one (a closed market) is drawn this wide. */
export const MAX_GAP_COLUMNS = 240;
/** A hole as long as the shortest slope of the signals: they start to warm up again after it. */
export const SIGNAL_GAP_MS = 1_000;

/** What became of a bin that was offered to the history. */
export type Accepted = "added" | "duplicate" | "restarted";

/** The bins of one instrument under one configuration, and the signals made of them. */
export class History {
  readonly config: RuntimeConfig;
  readonly store: ColumnStore;
  readonly signals: SignalTrack;
  readonly #decoder: GridDecoder;
  #baseNs: bigint | null = null;

  constructor(config: RuntimeConfig) {
    this.config = config;
    this.#decoder = new GridDecoder(config);
    this.store = new ColumnStore(HISTORY_COLUMNS, config.radius, this.#decoder.names.length);
    this.signals = new SignalTrack(config.cellMs, this.#decoder);
  }

  /** Epoch ns that the store's times count from; 0 while it is empty. */
  get baseNs(): bigint {
    return this.#baseNs ?? 0n;
  }

  /** True when a newly opened stream continues what is stored here. */
  continues(config: RuntimeConfig): boolean {
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
  accept(update: GridUpdate, rows: Uint8Array): Accepted {
    const restarted = this.#isBeforeEnd(update);
    if (restarted && this.#holds(update)) return "duplicate";
    this.#decoder.decode(rows);
    if (restarted) this.clear();
    this.#baseNs ??= update.binStartNs;
    const startNs = Number(update.binStartNs - this.#baseNs);
    if (this.store.last >= 0) {
      const slot = this.store.slot(this.store.last);
      this.#fillGap(update.binSeq - this.store.binSeq[slot]! - 1, this.store.endNs[slot]!, startNs);
    }
    this.#push(update, startNs, Number(update.binEndNs - this.#baseNs));
    return restarted ? "restarted" : "added";
  }

  /** Forgets all columns and signals. */
  clear(): void {
    this.store.clear();
    this.signals.reset();
    this.#baseNs = null;
  }

  #isBeforeEnd(update: GridUpdate): boolean {
    const { store } = this;
    if (this.#baseNs === null || store.last < 0) return false;
    return Number(update.binStartNs - this.#baseNs) < store.endNs[store.slot(store.last)]!;
  }

  /** True when the bin is known already, or older than all that is kept, as after a reconnect. */
  #holds(update: GridUpdate): boolean {
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

  #fillGap(missingBins: number, fromNs: number, toNs: number): void {
    const cellNs = this.config.cellMs * 1e6;
    const missing = Math.max(missingBins, Math.round((toNs - fromNs) / cellNs));
    if (missing <= 0) return;
    this.store.pushGap(Math.min(missing, MAX_GAP_COLUMNS), fromNs, toNs);
    if (missing * this.config.cellMs >= SIGNAL_GAP_MS) this.signals.reset();
  }

  #push(update: GridUpdate, startNs: number, endNs: number): void {
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
    this.signals.update(store, slot, update.spotHalfTick);
  }

  #tick(priceInt: number): number {
    return priceInt > 0 ? Math.round(priceInt / this.config.tickInt) : NO_TICK;
  }
}
