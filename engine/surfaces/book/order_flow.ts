import { OrderTable, type OrderTableState } from "../../book/mod.ts";
import { SIDE } from "../../dbn/mod.ts";
import type { BookRecord } from "./book_record.ts";
import type { RecordCounts } from "./book_window.ts";
import { EventFills, type Rebooked } from "./event_fills.ts";
import { ASKS, BIDS, PriceLevels, type PriceLevelsState } from "./price_levels.ts";

/** Age from which an order rests at its price, ns. */
const REST_NS = 500_000_000;

/** Copy of all orders and what became of them, fit for structured clone. */
export interface OrderFlowState {
  readonly orders: OrderTableState;
  readonly levels: PriceLevelsState;
  readonly fills: Float64Array;
  readonly endNs: number;
  readonly lastEnterNs: number;
  readonly areAgesStale: boolean;
}

/**
 * Orders of one book and what records do to them, booked at their levels: added, withdrawn, executed. An
 * execution is told twice, by an F that announces it and a C or M that takes it off the book, in either
 * order; it is booked once, as executed. What an F announces and nothing takes is dropped at the end of
 * its event and counted.
 *
 * Prices are ticks here, the table's too: whole numbers that cost nothing to hand on.
 *
 * Contracts that will not have rested when the window ends are counted as they come and go, so that
 * nobody looks for them then.
 */
export class OrderFlow {
  readonly orders: OrderTable;
  readonly levels: PriceLevels;
  readonly #counts: RecordCounts;
  readonly #fills = new EventFills();
  readonly #rebooked: Rebooked = { qty: 0, restQty: 0 };
  /** End of the open window; NaN before the first. */
  #endNs = NaN;
  /** Latest entry of an order there was. */
  #lastEnterNs = -Infinity;
  /** Whether levels that the window did not touch hold contracts that have not rested. */
  #areAgesStale = false;

  /**
   * @param counts Gets unknown orders and fills without a match.
   * @param orders Orders to lay memory out for at first, ≥ 1.
   * @param levels Levels, likewise.
   */
  constructor(counts: RecordCounts, orders: number, levels: number) {
    this.#counts = counts;
    this.orders = new OrderTable(orders, true);
    this.levels = new PriceLevels(levels);
  }

  /** Adds an order; one of that id is withdrawn first. */
  add(record: BookRecord, tick: number): void {
    const { idLow, idHigh } = record;
    const slot = this.orders.find(idLow, idHigh);
    if (slot >= 0) {
      this.#counts.ghosts++;
      this.#fills.dropPending(idLow, idHigh);
      this.#pull(record, slot, this.orders.qty(slot));
    }
    this.#enter(record, tick);
  }

  /** Gives an order a side, price and size, after what is announced of it is executed; adds an unknown one. */
  modify(record: BookRecord, tick: number): void {
    const { orders, levels } = this;
    const { side, size, idLow, idHigh } = record;
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) {
      this.#counts.ghosts++;
      return this.#enter(record, tick);
    }
    const done = this.#fills.execute(idLow, idHigh, orders.qty(slot));
    if (done > 0) this.#execute(slot, done);
    const before = orders.qty(slot) - done;
    if (orders.priceNano(slot) !== tick || orders.side(slot) !== side) {
      if (before > 0) this.#pull(record, slot, before);
      return this.#enter(record, tick);
    }
    if (size < before) this.#pull(record, slot, before - size);
    else if (size > before) {
      const isYoung = this.#isYoung(orders.enterNs(slot));
      levels.put(indexOf(side), orders.index(slot), size - before, isYoung);
    }
    orders.setQty(slot, size);
  }

  /** Takes up to `size` off an order: executed as far as announced, else withdrawn. */
  cancel(record: BookRecord): void {
    const { orders } = this;
    const { idLow, idHigh } = record;
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) {
      this.#counts.ghosts++;
      return;
    }
    const before = orders.qty(slot);
    const removed = Math.min(record.size, before);
    const done = this.#fills.execute(idLow, idHigh, removed);
    if (done > 0) this.#execute(slot, done);
    const pulled = removed - done;
    if (pulled > 0) {
      const isRest = this.#pull(record, slot, pulled);
      const tick = orders.priceNano(slot);
      const rank = orders.side(slot) === SIDE.BID ? tick : -tick;
      this.#fills.withdraw(idLow, idHigh, rank, pulled, isRest ? pulled : 0);
    }
    if (before > removed) orders.setQty(slot, before - removed);
    else orders.remove(slot);
  }

  /** Announces contracts of an order as executed; those that its C withdrew already are booked anew. */
  fill({ size, idLow, idHigh }: BookRecord): void {
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
      else this.#counts.ghosts++;
      return;
    }
    const left = size - rebooked.qty;
    const open = orders.qty(slot) - fills.pending(idLow, idHigh);
    if (open > 0) fills.announce(idLow, idHigh, Math.min(left, open));
    if (left > open) fills.markUnmatched(idLow, idHigh);
  }

  /** Forgets all orders and levels. */
  clear(): void {
    this.orders.clear();
    this.levels.clear();
    this.#fills.dropAll();
  }

  /** Ends the open event. */
  endEvent(): void {
    this.#counts.unmatchedFills += this.#fills.end();
  }

  /** Begins the accounts of the window anew with the depth there is. */
  forgetFlow(): void {
    this.levels.settle(true);
    this.#areAgesStale = true;
    this.#fills.forgetWithdrawn();
  }

  /** Begins the first window. @param endNs Its end, ns offset. */
  openWindow(endNs: number): void {
    this.#endNs = endNs;
    this.forgetFlow();
    this.#ageAnew();
  }

  /** Begins the window after the open one. @param endNs Its end, ns offset. */
  nextWindow(endNs: number): void {
    this.#endNs = endNs;
    this.levels.settle(false);
    this.#fills.forgetWithdrawn();
    const isAhead = this.#lastEnterNs > endNs - REST_NS;
    if (isAhead || this.#areAgesStale) this.#ageAnew();
    this.#areAgesStale = isAhead;
  }

  save(): OrderFlowState {
    return {
      orders: this.orders.save(),
      levels: this.levels.save(),
      fills: this.#fills.save(),
      endNs: this.#endNs,
      lastEnterNs: this.#lastEnterNs,
      areAgesStale: this.#areAgesStale,
    };
  }

  restore(state: OrderFlowState): void {
    const { orders, levels } = this;
    levels.restore(state.levels);
    orders.restore(state.orders);
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      orders.setIndex(slot, levels.find(indexOf(orders.side(slot)), orders.priceNano(slot)));
    }
    this.#fills.restore(state.fills);
    this.#endNs = state.endNs;
    this.#lastEnterNs = state.lastEnterNs;
    this.#areAgesStale = state.areAgesStale;
  }

  /** Puts an order on the book. */
  #enter(record: BookRecord, tick: number): void {
    const { orders, levels } = this;
    const { tsNs, side, size } = record;
    const at = indexOf(side);
    const level = levels.take(at, tick);
    const slot = orders.put(record.idLow, record.idHigh, side, tick, size, level);
    orders.setEnterNs(slot, tsNs);
    if (tsNs > this.#lastEnterNs) this.#lastEnterNs = tsNs;
    levels.put(at, level, size, this.#isYoung(tsNs));
  }

  /** Takes withdrawn contracts off an order's level. @returns Whether they had rested. */
  #pull({ tsNs }: BookRecord, slot: number, qty: number): boolean {
    const { orders } = this;
    const enterNs = orders.enterNs(slot);
    const isRest = tsNs - enterNs >= REST_NS;
    const side = indexOf(orders.side(slot));
    this.levels.pull(side, orders.index(slot), qty, isRest, this.#isYoung(enterNs));
    return isRest;
  }

  /** Takes executed contracts off an order's level. */
  #execute(slot: number, qty: number): void {
    const { orders } = this;
    const side = indexOf(orders.side(slot));
    this.levels.fill(side, orders.index(slot), qty, this.#isYoung(orders.enterNs(slot)));
  }

  /** Whether an order that entered then will not have rested when the window ends. */
  #isYoung(enterNs: number): boolean {
    return enterNs > this.#endNs - REST_NS;
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
