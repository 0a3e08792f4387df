import { BinQueue } from "./bin_queue.ts";
import type { Heatmap } from "./heatmap.ts";
import type { BinHistory } from "./history.ts";
import { TradeQueue } from "./trades/mod.ts";
import { WireError } from "./wire.ts";

/** Share of a 16 ms frame that taking in bins may use. */
const INTAKE_MS = 6;
/** While more bins than this wait, as after opening, history matters more than a smooth frame. */
const BACKLOG_BINS = 100;
const BACKLOG_INTAKE_MS = 28;

/** What has come and is not in the history yet: bins of now, bins of the past, and their trades. */
export class BinIntake {
  readonly bins = new BinQueue();
  readonly trades = new TradeQueue();
  /** Whether all of the past that was asked for has come. */
  isPastDone = false;
  /** Whether bins were filled in behind the newest since the signals were computed. */
  #isPastNew = false;
  readonly #refuse: (error: WireError) => void;

  /** @param refuse Is told of trades that break the contract. */
  constructor(refuse: (error: WireError) => void) {
    this.#refuse = refuse;
  }

  /** Forgets what waits: it is of another feed, or of another time. */
  clear(): void {
    this.bins.clear();
    this.trades.clear();
  }

  get isEmpty(): boolean {
    return this.bins.length + this.trades.length === 0;
  }

  /**
   * Puts into a history what there is time for, the newest bins first, and tells the heatmap.
   *
   * @param beganMs When the frame began, ms of the page.
   * @returns Whether the signals are to be computed anew, as all of the past is there now.
   */
  takeIn(history: BinHistory, heatmap: Heatmap | null, beganMs: number): boolean {
    const budgetMs = this.bins.length > BACKLOG_BINS ? BACKLOG_INTAKE_MS : INTAKE_MS;
    const isInTime = () => performance.now() - beganMs < budgetMs;
    this.#append(history, heatmap, isInTime);
    this.#fillPast(history, heatmap, isInTime);
    this.#takeTrades(history, heatmap);
    const isWhole = this.#isPastNew && this.isPastDone && this.bins.length === 0;
    if (isWhole) this.#isPastNew = false;
    return isWhole;
  }

  /** Takes in what follows the newest bin. */
  #append(history: BinHistory, heatmap: Heatmap | null, isInTime: () => boolean): void {
    let from = history.store.last < 0 ? 0 : history.store.last + 1;
    while (isInTime()) {
      const bin = this.bins.shift();
      if (bin === null) break;
      if (history.accept(bin) === "restarted") {
        from = 0;
        heatmap?.cleared();
      }
    }
    const first = Math.max(from, history.store.first);
    if (history.store.last >= first) heatmap?.added(first, history.store.last);
  }

  #fillPast(history: BinHistory, heatmap: Heatmap | null, isInTime: () => boolean): void {
    while (isInTime()) {
      const bin = this.bins.shiftPast();
      if (bin === null) break;
      const position = history.fill(bin);
      if (position === null) continue;
      this.#isPastNew = true;
      const { trades, update } = bin;
      if (trades !== undefined) this.#acceptTrades(history, heatmap, update.binSeq, trades);
      heatmap?.added(position, position);
    }
  }

  #takeTrades(history: BinHistory, heatmap: Heatmap | null): void {
    const { store } = history;
    const newestBin = store.last < 0 ? -1 : store.binSeq[store.slot(store.last)]!;
    for (let part = this.trades.next(newestBin); part; part = this.trades.next(newestBin)) {
      this.#acceptTrades(history, heatmap, part.binSeq, part.rows);
    }
  }

  #acceptTrades(
    history: BinHistory,
    heatmap: Heatmap | null,
    binSeq: number,
    rows: Uint8Array,
  ): void {
    try {
      history.acceptTrades(binSeq, rows);
      heatmap?.tradesChanged();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refuse(error);
    }
  }
}
