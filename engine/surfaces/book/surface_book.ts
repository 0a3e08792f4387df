import type { OrderTable } from "../../book/mod.ts";
import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { spotOf, strikeRefOf } from "./anchors.ts";
import type { BookRecord } from "./book_record.ts";
import { BookTrust } from "./book_trust.ts";
import {
  type BookRow,
  clearRecords,
  emptyRow,
  noRecords,
  QUALITY,
  type RecordCounts,
} from "./book_window.ts";
import { OrderFlow, type OrderFlowState } from "./order_flow.ts";
import { ASKS, BIDS, type PriceLevels } from "./price_levels.ts";
import { TradeTally, type TradeTallyState } from "./trade_tally.ts";

/** One instrument's book. */
export interface SurfaceBookOptions {
  /** 1e-9 points per tick, > 0. */
  readonly tickNano: number;
  /** Orders to lay memory out for at first, ≥ 1; more make it grow. */
  readonly orders: number;
  /** Levels, likewise. */
  readonly levels: number;
}

/** Copy of a book, fit for structured clone. */
export interface SurfaceBookState {
  readonly flow: OrderFlowState;
  readonly trades: TradeTallyState;
  readonly counts: RecordCounts;
  readonly trust: number;
  readonly isOpen: boolean;
  readonly wasSpotKnown: boolean;
  readonly anchorBidInt: number;
  readonly anchorAskInt: number;
  readonly lastTradeInt: number;
  readonly spotRefInt: number;
}

/**
 * One instrument's market-by-order book with the accounts of the surfaces: what was added, withdrawn and
 * executed at every price of a window, what rested, and whether all that can be trusted. It takes
 * records between {@link openWindow} and {@link finishWindow}; then {@link row}, {@link counts},
 * {@link trades} and {@link levels} stand until {@link nextWindow}.
 *
 * It is a book of its own beside `TickBook`: that one knows depth on a stretch of ticks around an anchor
 * and books an execution at its F; here every price counts, however far away, a level keeps seven sums,
 * and the C after an F is what moves the book.
 *
 * @see docs/methods/surfaces-book.md
 */
export class SurfaceBook {
  readonly tickNano: number;
  readonly counts = noRecords();
  readonly trades = new TradeTally();
  /** The window that was finished last. */
  readonly row: BookRow = emptyRow();
  /** Best prices at the start of the window or as first known in it, 1e-9 points; 0 = none. */
  anchorBidInt = 0;
  anchorAskInt = 0;
  readonly #tickPerNano: number;
  readonly #flow: OrderFlow;
  readonly #trust = new BookTrust();
  #isOpen = false;
  #lastTradeInt = 0;
  #spotRefInt = 0;
  #wasSpotKnown = false;

  constructor({ tickNano, orders, levels }: SurfaceBookOptions) {
    this.tickNano = tickNano;
    this.#tickPerNano = 1 / tickNano;
    this.#flow = new OrderFlow(this.counts, orders, levels);
  }

  get orders(): OrderTable {
    return this.#flow.orders;
  }

  get levels(): PriceLevels {
    return this.#flow.levels;
  }

  /** Takes a record. */
  apply(record: BookRecord): void {
    const { action, flags } = record;
    const trust = this.#trust;
    if ((flags & FLAG.SNAPSHOT) === 0) {
      if (trust.isSnapshotOpen) this.#closeSnapshot();
    } else if (!trust.isSnapshotOpen) trust.openSnapshot();
    if ((flags & FLAG.MAYBE_BAD_BOOK) !== 0) {
      this.counts.badBook++;
      trust.doubt();
    }
    if (action === ACTION.ADD || action === ACTION.MODIFY) this.#order(record);
    else {
      this.counts.events++;
      if (action === ACTION.CANCEL) {
        this.counts.cancels++;
        this.#flow.cancel(record);
      } else if (action === ACTION.FILL) this.#flow.fill(record);
      else if (action === ACTION.TRADE) this.#trade(record);
      else if (action === ACTION.CLEAR) {
        this.#flow.clear();
        trust.openSnapshot();
      }
    }
    if ((flags & FLAG.LAST) !== 0) this.#endEvent(action === ACTION.CLEAR);
  }

  /** Begins the first window with the book as it stands. @param endNs Its end, ns offset. */
  openWindow(endNs: number): void {
    this.#isOpen = true;
    this.#flow.openWindow(endNs);
    this.#trust.openWindow();
    this.#findAnchors();
  }

  /** Ends the window: its results stand until {@link nextWindow}. */
  finishWindow(): void {
    const { levels, row, counts } = this;
    const trust = this.#trust;
    // Depth inside a snapshot is no flow.
    if (trust.isSnapshotOpen) this.#flow.forgetFlow();
    const bid = levels.best(BIDS);
    const ask = levels.best(ASKS);
    row.bestBidInt = this.#priceOf(bid);
    row.bestBidQty = bid < 0 ? 0 : levels.depth(bid);
    row.bestAskInt = this.#priceOf(ask);
    row.bestAskQty = ask < 0 ? 0 : levels.depth(ask);
    fillMids(row);
    row.lastTradeInt = this.#lastTradeInt;
    row.spotRefInt = this.#spotRefInt;
    row.strikeRefInt = strikeRefOf(this.#spotRefInt);
    row.isBookValid = trust.isValid;
    const isCrossed = bid >= 0 && ask >= 0 && row.bestBidInt >= row.bestAskInt;
    const isDoubtful = counts.badBook > 0 || trust.isDoubted;
    row.quality = (trust.sawSnapshot ? QUALITY.SNAPSHOT : 0) |
      (isDoubtful ? QUALITY.MAYBE_BAD_BOOK : 0) | (isCrossed ? QUALITY.CROSSED : 0);
    row.isWindowValid = trust.isValid && !trust.sawSnapshot && this.#wasSpotKnown && !isCrossed;
  }

  /** Begins the window after the finished one. @param endNs Its end, ns offset. */
  nextWindow(endNs: number): void {
    this.#flow.nextWindow(endNs);
    this.#trust.nextWindow();
    clearRecords(this.counts);
    this.trades.clear();
    this.#findAnchors();
  }

  /** Copies the book; the finished row is not part of it. */
  save(): SurfaceBookState {
    return {
      flow: this.#flow.save(),
      trades: this.trades.save(),
      counts: { ...this.counts },
      trust: this.#trust.save(),
      isOpen: this.#isOpen,
      wasSpotKnown: this.#wasSpotKnown,
      anchorBidInt: this.anchorBidInt,
      anchorAskInt: this.anchorAskInt,
      lastTradeInt: this.#lastTradeInt,
      spotRefInt: this.#spotRefInt,
    };
  }

  /** Puts a copy back. */
  restore(state: SurfaceBookState): void {
    this.#flow.restore(state.flow);
    this.trades.restore(state.trades);
    Object.assign(this.counts, state.counts);
    this.#trust.restore(state.trust);
    this.#isOpen = state.isOpen;
    this.#wasSpotKnown = state.wasSpotKnown;
    this.anchorBidInt = state.anchorBidInt;
    this.anchorAskInt = state.anchorAskInt;
    this.#lastTradeInt = state.lastTradeInt;
    this.#spotRefInt = state.spotRefInt;
  }

  #order(record: BookRecord): void {
    const { counts } = this;
    const { side, size, priceNano } = record;
    const tick = Math.round(priceNano * this.#tickPerNano);
    const isSided = side === SIDE.BID || side === SIDE.ASK;
    if (!(size > 0 && tick > 0 && isSided && tick * this.tickNano === priceNano)) {
      counts.rejected++;
      return;
    }
    counts.events++;
    if (record.action === ACTION.ADD) {
      counts.adds++;
      this.#flow.add(record, tick);
    } else {
      counts.modifies++;
      this.#flow.modify(record, tick);
    }
  }

  #trade(record: BookRecord): void {
    if (record.priceNano > 0) this.#lastTradeInt = record.priceNano;
    this.trades.add(record);
  }

  #endEvent(isClear: boolean): void {
    this.#flow.endEvent();
    if (this.#trust.isSnapshotOpen) {
      if (!isClear) this.#closeSnapshot();
      return;
    }
    const { total } = this.levels;
    if (!(total[BIDS]! > 0 && total[ASKS]! > 0)) return;
    this.#trust.endTwoSidedEvent();
    if (this.#isOpen && this.#spotRefInt === 0) this.#spotRefInt = this.#spot();
  }

  #closeSnapshot(): void {
    this.#trust.closeSnapshot();
    this.#flow.forgetFlow();
    if (!this.#isOpen) return;
    if (this.#spotRefInt === 0) this.#spotRefInt = this.#spot();
    const { levels } = this;
    if (this.anchorBidInt === 0) this.anchorBidInt = this.#priceOf(levels.best(BIDS));
    if (this.anchorAskInt === 0) this.anchorAskInt = this.#priceOf(levels.best(ASKS));
  }

  /** Takes what the window is measured from off the book as it begins. */
  #findAnchors(): void {
    const { levels } = this;
    this.#spotRefInt = this.#spot();
    this.#wasSpotKnown = this.#spotRefInt > 0;
    this.anchorBidInt = this.#priceOf(levels.best(BIDS));
    this.anchorAskInt = this.#priceOf(levels.best(ASKS));
  }

  /** The book's spot, on a tick: a trade need not be on one. */
  #spot(): number {
    const { levels } = this;
    const last = this.#lastTradeInt;
    const bid = this.#priceOf(levels.best(BIDS));
    const ask = this.#priceOf(levels.best(ASKS));
    const lastTick = Math.round(last / this.tickNano);
    const isOnBook = lastTick * this.tickNano === last && levels.hasTick(lastTick);
    const spot = spotOf(last, isOnBook, bid, ask);
    return Math.floor(spot / this.tickNano + 0.5) * this.tickNano;
  }

  #priceOf(level: number): number {
    return level < 0 ? 0 : this.levels.tick(level) * this.tickNano;
  }
}

function fillMids(row: BookRow): void {
  const { bestBidInt: bid, bestBidQty: bidQty, bestAskInt: ask, bestAskQty: askQty } = row;
  const isTwoSided = bid > 0 && ask > 0;
  row.midPrice = isTwoSided ? (bid + ask) * 0.5 * 1e-9 : 0;
  row.midInt = isTwoSided ? Math.floor((bid + ask) / 2 + 0.5) : 0;
  const weighted = bid * askQty + ask * bidQty;
  row.microprice = isTwoSided ? weighted / (bidQty + askQty) * 1e-9 : 0;
}
