import { OrderTable, type OrderTableState } from "../../book/mod.ts";
import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { spotOf, strikeRefOf } from "./anchors.ts";
import {
  type BookRow,
  clearRecords,
  emptyRow,
  noRecords,
  QUALITY,
  type RecordCounts,
} from "./book_window.ts";
import { EventFills, type Rebooked } from "./event_fills.ts";
import { ASKS, BIDS, PriceLevels, type PriceLevelsState } from "./price_levels.ts";
import { TradeTally, type TradeTallyState } from "./trade_tally.ts";

/** Age from which an order rests at its price, ns. */
export const REST_NS = 500_000_000;
/** Length of a window, ns. */
export const WINDOW_NS = 1_000_000_000;

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
  readonly orders: OrderTableState;
  readonly levels: PriceLevelsState;
  readonly fills: Float64Array;
  readonly trades: TradeTallyState;
  readonly counts: RecordCounts;
  /** See the fields of the same order in {@link SurfaceBook.save}. */
  readonly numbers: Float64Array;
  readonly flags: Uint8Array;
}

/**
 * One instrument's market-by-order book with the accounts of the surfaces: what was added, withdrawn and
 * executed at every price of a window, and what rested. Between {@link openWindow} and
 * {@link finishWindow} it takes records; then its row, its counts and its levels stand until the next
 * window is opened.
 *
 * It is a book of its own beside `TickBook`: that one knows depth on a stretch of ticks around an
 * anchor and books the product's pressure; here every price counts, however far away, a level keeps
 * seven sums, and an execution is booked by the C that follows it.
 *
 * @see docs/methods/surfaces.md
 */
export class SurfaceBook {
  readonly tickNano: number;
  readonly orders: OrderTable;
  readonly levels: PriceLevels;
  readonly trades = new TradeTally();
  readonly counts = noRecords();
  /** The window that was finished last. */
  readonly row: BookRow = emptyRow();
  /** Best prices at the start of the window or as later known, 1e-9 points; 0 = none. */
  anchorBidInt = 0;
  anchorAskInt = 0;
  #lastTradeInt = 0;
  #spotRefInt = 0;
  #endNs = NaN;
  /** Latest entry of an order there was. */
  #lastEnterNs = -Infinity;
  #isValid = false;
  #isDoubted = false;
  #isSnapshotOpen = false;
  #wasCleared = false;
  #hadSnapshot = false;
  #wasOpenAtStart = false;
  #wasSpotKnown = false;
  /** Whether levels that the window did not touch hold contracts that have not rested. */
  #areAgesStale = false;
  readonly #tickPerNano: number;
  readonly #fills = new EventFills();
  readonly #rebooked: Rebooked = { qty: 0, restQty: 0 };

  constructor({ tickNano, orders, levels }: SurfaceBookOptions) {
    this.tickNano = tickNano;
    this.#tickPerNano = 1 / tickNano;
    this.orders = new OrderTable(orders, true);
    this.levels = new PriceLevels(levels);
  }

  /** Whether the book can be trusted now. */
  get isValid(): boolean {
    return this.#isValid;
  }

  /**
   * Takes a record.
   *
   * @param tsNs Event time, ns offset.
   * @param priceNano 1e-9 points; NaN or 0 without a price.
   * @param size Contracts.
   */
  apply(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void {
    if ((flags & FLAG.SNAPSHOT) === 0) {
      if (this.#isSnapshotOpen) this.#closeSnapshot();
    } else if (!this.#isSnapshotOpen) this.#openSnapshot();
    if ((flags & FLAG.MAYBE_BAD_BOOK) !== 0) {
      this.counts.badBook++;
      this.#isDoubted = true;
      this.#isValid = false;
    }
    if (action === ACTION.ADD || action === ACTION.MODIFY) {
      if (!this.#isOrder(side, priceNano, size)) this.counts.rejected++;
      else if (action === ACTION.ADD) this.#add(tsNs, side, priceNano, size, idLow, idHigh);
      else this.#modify(tsNs, side, priceNano, size, idLow, idHigh);
    } else this.#applyOther(tsNs, action, side, priceNano, size, idLow, idHigh);
    if ((flags & FLAG.LAST) !== 0) this.#endEvent(action === ACTION.CLEAR);
  }

  /** Counts a record that could not be applied; what its flags say happens. */
  reject(flags: number): void {
    this.apply(0, ACTION.ADD, SIDE.NONE, NaN, 0, 0, 0, flags);
  }

  /** Begins the first window with the book as it stands. @param endNs Its end, ns offset. */
  openWindow(endNs: number): void {
    this.#endNs = endNs;
    this.levels.settle(true);
    this.#fills.forgetWithdrawn();
    this.#ageAnew();
    this.#areAgesStale = true;
    this.#begin();
  }

  /** Ends the window: {@link row} and the levels are its result until {@link nextWindow}. */
  finishWindow(): void {
    const { levels, row } = this;
    if (this.#isSnapshotOpen) this.#forgetFlow();
    const bid = levels.best(BIDS);
    const ask = levels.best(ASKS);
    const isTwoSided = bid >= 0 && ask >= 0;
    row.bestBidInt = bid < 0 ? 0 : levels.price(bid);
    row.bestBidQty = bid < 0 ? 0 : levels.depth(bid);
    row.bestAskInt = ask < 0 ? 0 : levels.price(ask);
    row.bestAskQty = ask < 0 ? 0 : levels.depth(ask);
    const sum = row.bestBidInt + row.bestAskInt;
    row.midPrice = isTwoSided ? sum * 0.5 * 1e-9 : 0;
    row.midInt = isTwoSided ? Math.floor(sum / 2 + 0.5) : 0;
    row.microprice = isTwoSided ? microprice(row) : 0;
    row.lastTradeInt = this.#lastTradeInt;
    row.spotRefInt = this.#spotRefInt;
    row.strikeRefInt = strikeRefOf(this.#spotRefInt);
    row.isBookValid = this.#isValid;
    const isCrossed = isTwoSided && row.bestBidInt >= row.bestAskInt;
    const isSnapshot = this.#hadSnapshot || this.#wasOpenAtStart;
    const isDoubtful = this.counts.badBook > 0 || this.#isDoubted;
    row.quality = (isSnapshot ? QUALITY.SNAPSHOT : 0) |
      (isDoubtful ? QUALITY.MAYBE_BAD_BOOK : 0) | (isCrossed ? QUALITY.CROSSED : 0);
    row.isWindowValid = this.#isValid && !isSnapshot && this.#wasSpotKnown && !isCrossed;
  }

  /** Begins the window after the finished one. */
  nextWindow(): void {
    this.#endNs += WINDOW_NS;
    this.levels.settle(false);
    this.#fills.forgetWithdrawn();
    clearRecords(this.counts);
    this.trades.clear();
    this.#hadSnapshot = false;
    const isAhead = this.#lastEnterNs > this.#endNs - REST_NS;
    if (isAhead || this.#areAgesStale) this.#ageAnew();
    this.#areAgesStale = isAhead;
    this.#begin();
  }

  /** Copies the book; the finished row is not part of it. */
  save(): SurfaceBookState {
    return {
      orders: this.orders.save(),
      levels: this.levels.save(),
      fills: this.#fills.save(),
      trades: this.trades.save(),
      counts: { ...this.counts },
      numbers: Float64Array.of(
        this.anchorBidInt,
        this.anchorAskInt,
        this.#lastTradeInt,
        this.#spotRefInt,
        this.#endNs,
        this.#lastEnterNs,
      ),
      flags: Uint8Array.of(
        Number(this.#isValid),
        Number(this.#isDoubted),
        Number(this.#isSnapshotOpen),
        Number(this.#wasCleared),
        Number(this.#hadSnapshot),
        Number(this.#wasOpenAtStart),
        Number(this.#wasSpotKnown),
        Number(this.#areAgesStale),
      ),
    };
  }

  /** Puts a copy back. */
  restore(state: SurfaceBookState): void {
    const { orders, levels } = this;
    levels.restore(state.levels);
    orders.restore(state.orders);
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      const side = orders.side(slot) === SIDE.BID ? BIDS : ASKS;
      orders.setIndex(slot, levels.find(side, orders.priceNano(slot)));
    }
    this.#fills.restore(state.fills);
    this.trades.restore(state.trades);
    Object.assign(this.counts, state.counts);
    [
      this.anchorBidInt = 0,
      this.anchorAskInt = 0,
      this.#lastTradeInt = 0,
      this.#spotRefInt = 0,
      this.#endNs = 0,
      this.#lastEnterNs = 0,
    ] = state.numbers;
    const flags = Array.from(state.flags, (flag) => flag === 1);
    [
      this.#isValid = false,
      this.#isDoubted = false,
      this.#isSnapshotOpen = false,
      this.#wasCleared = false,
      this.#hadSnapshot = false,
      this.#wasOpenAtStart = false,
      this.#wasSpotKnown = false,
      this.#areAgesStale = false,
    ] = flags;
  }

  #isOrder(side: number, priceNano: number, size: number): boolean {
    if (!(size > 0 && priceNano > 0) || (side !== SIDE.BID && side !== SIDE.ASK)) return false;
    return Math.round(priceNano * this.#tickPerNano) * this.tickNano === priceNano;
  }

  #applyOther(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    this.counts.events++;
    if (action === ACTION.CANCEL) this.#cancel(tsNs, size, idLow, idHigh);
    else if (action === ACTION.FILL) this.#fill(size, idLow, idHigh);
    else if (action === ACTION.TRADE) {
      if (priceNano > 0) this.#lastTradeInt = priceNano;
      const aggressor = side === SIDE.BID ? 1 : side === SIDE.ASK ? -1 : 0;
      this.trades.add(priceNano > 0 ? priceNano : 0, size, aggressor);
    } else if (action === ACTION.CLEAR) this.#clear();
  }

  #add(
    tsNs: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    this.counts.events++;
    this.counts.adds++;
    const slot = this.orders.find(idLow, idHigh);
    if (slot >= 0) {
      this.counts.ghosts++;
      this.#pull(tsNs, slot, this.orders.qty(slot));
      this.orders.remove(slot);
    }
    this.#enter(tsNs, side, priceNano, size, idLow, idHigh);
  }

  #modify(
    tsNs: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    this.counts.events++;
    this.counts.modifies++;
    const { orders, levels } = this;
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) {
      this.counts.ghosts++;
      return this.#enter(tsNs, side, priceNano, size, idLow, idHigh);
    }
    const done = this.#fills.execute(idLow, idHigh, orders.qty(slot));
    if (done > 0) this.#execute(slot, done);
    const before = orders.qty(slot);
    if (orders.priceNano(slot) !== priceNano || orders.side(slot) !== side) {
      if (before > 0) this.#pull(tsNs, slot, before);
      return this.#enter(tsNs, side, priceNano, size, idLow, idHigh);
    }
    if (size < before) this.#pull(tsNs, slot, before - size);
    else if (size > before) {
      const isYoung = this.#isYoung(orders.enterNs(slot));
      levels.put(indexOf(side), orders.index(slot), size - before, true, isYoung);
    }
    orders.setQty(slot, size);
  }

  #cancel(tsNs: number, size: number, idLow: number, idHigh: number): void {
    this.counts.cancels++;
    const { orders } = this;
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) {
      this.counts.ghosts++;
      return;
    }
    const before = orders.qty(slot);
    const removed = Math.min(size, before);
    const done = this.#fills.execute(idLow, idHigh, removed);
    if (done > 0) this.#execute(slot, done);
    const pulled = removed - done;
    if (pulled > 0) {
      const isRest = this.#pull(tsNs, slot, pulled);
      const price = orders.priceNano(slot);
      const signedPrice = orders.side(slot) === SIDE.BID ? price : -price;
      this.#fills.withdraw(idLow, idHigh, signedPrice, pulled, isRest ? pulled : 0);
    }
    if (before > removed) orders.setQty(slot, before - removed);
    else orders.remove(slot);
  }

  #fill(size: number, idLow: number, idHigh: number): void {
    const { orders, levels } = this;
    const fills = this.#fills;
    const rebooked = this.#rebooked;
    const at = fills.takeBack(idLow, idHigh, size, rebooked);
    if (rebooked.qty > 0) {
      const level = levels.find(at > 0 ? BIDS : ASKS, Math.abs(at));
      levels.rebook(level, rebooked.qty, rebooked.restQty);
      if (rebooked.qty === size) return;
    }
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) {
      if (rebooked.qty > 0) fills.markUnmatched(idLow, idHigh);
      else this.counts.ghosts++;
      return;
    }
    const left = size - rebooked.qty;
    const open = orders.qty(slot) - fills.pending(idLow, idHigh);
    if (open > 0) fills.announce(idLow, idHigh, Math.min(left, open));
    if (left > open) fills.markUnmatched(idLow, idHigh);
  }

  #clear(): void {
    this.orders.clear();
    this.levels.clear();
    this.#fills.forgetWithdrawn();
    this.#wasCleared = true;
    this.#openSnapshot();
  }

  /** Puts an order on the book. */
  #enter(
    tsNs: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    const { orders, levels } = this;
    const at = indexOf(side);
    const level = levels.take(at, priceNano);
    const slot = orders.put(idLow, idHigh, side, priceNano, size, level);
    orders.setEnterNs(slot, tsNs);
    if (tsNs > this.#lastEnterNs) this.#lastEnterNs = tsNs;
    levels.put(at, level, size, true, this.#isYoung(tsNs));
  }

  /** Takes withdrawn contracts off an order's level. @returns Whether they had rested. */
  #pull(tsNs: number, slot: number, qty: number): boolean {
    const { orders } = this;
    const enterNs = orders.enterNs(slot);
    const isRest = tsNs - enterNs >= REST_NS;
    const side = indexOf(orders.side(slot));
    this.levels.pull(side, orders.index(slot), qty, isRest, this.#isYoung(enterNs));
    return isRest;
  }

  /** Takes executed contracts off an order and its level. */
  #execute(slot: number, qty: number): void {
    const { orders } = this;
    const side = indexOf(orders.side(slot));
    this.levels.fill(side, orders.index(slot), qty, this.#isYoung(orders.enterNs(slot)));
    orders.setQty(slot, orders.qty(slot) - qty);
  }

  /** Whether an order that entered then will not have rested when the window ends. */
  #isYoung(enterNs: number): boolean {
    return enterNs > this.#endNs - REST_NS;
  }

  #endEvent(isClear: boolean): void {
    this.counts.unmatchedFills += this.#fills.end();
    if (this.#isSnapshotOpen) {
      if (!isClear) this.#closeSnapshot();
      return;
    }
    const { total } = this.levels;
    if (!(total[BIDS]! > 0 && total[ASKS]! > 0)) return;
    if (!this.#wasCleared && !this.#isDoubted) this.#isValid = true;
    if (this.#spotRefInt === 0) this.#findSpot();
  }

  #openSnapshot(): void {
    this.#isSnapshotOpen = true;
    this.#hadSnapshot = true;
    this.#isValid = false;
  }

  #closeSnapshot(): void {
    this.#isSnapshotOpen = false;
    this.#isDoubted = false;
    this.#isValid = true;
    this.#forgetFlow();
    if (Number.isNaN(this.#endNs)) return;
    if (this.#spotRefInt === 0) this.#findSpot();
    this.#findAnchors();
  }

  #forgetFlow(): void {
    this.levels.settle(true);
    this.#areAgesStale = true;
    this.#fills.forgetWithdrawn();
  }

  #begin(): void {
    this.#wasOpenAtStart = this.#isSnapshotOpen;
    this.#findSpot();
    this.#wasSpotKnown = this.#spotRefInt > 0;
    this.anchorBidInt = 0;
    this.anchorAskInt = 0;
    this.#findAnchors();
  }

  #findSpot(): void {
    if (Number.isNaN(this.#endNs)) return;
    const { levels } = this;
    const spot = spotOf({
      bestBidInt: priceOf(levels, levels.best(BIDS)),
      bestAskInt: priceOf(levels, levels.best(ASKS)),
      lastTradeInt: this.#lastTradeInt,
      isTradeOnBook: levels.hasPrice(this.#lastTradeInt),
    });
    this.#spotRefInt = Math.floor(spot / this.tickNano + 0.5) * this.tickNano;
  }

  #findAnchors(): void {
    const { levels } = this;
    if (this.anchorBidInt === 0) this.anchorBidInt = priceOf(levels, levels.best(BIDS));
    if (this.anchorAskInt === 0) this.anchorAskInt = priceOf(levels, levels.best(ASKS));
  }

  /** Counts the contracts anew that will not have rested when the window ends. */
  #ageAnew(): void {
    const { orders, levels } = this;
    levels.clearYoung();
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      if (this.#isYoung(orders.enterNs(slot))) {
        levels.addYoung(orders.index(slot), orders.qty(slot));
      }
    }
  }
}

function indexOf(side: number): number {
  return side === SIDE.BID ? BIDS : ASKS;
}

function priceOf(levels: PriceLevels, level: number): number {
  return level < 0 ? 0 : levels.price(level);
}

/** @throws Never: both sides hold something. */
function microprice({ bestBidInt, bestBidQty, bestAskInt, bestAskQty }: BookRow): number {
  const weighted = bestBidInt * bestAskQty + bestAskInt * bestBidQty;
  return weighted / (bestBidQty + bestAskQty) * 1e-9;
}
