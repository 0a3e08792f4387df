import { SIDE } from "../dbn/mod.ts";
import { BookError } from "./book_error.ts";
import { OrderTable, type OrderTableState } from "./order_table.ts";
import { TickDepth } from "./tick_depth.ts";
import { TickGrid } from "./tick_grid.ts";

/** Resting orders that memory is laid out for at first: 2 KiB. */
const FIRST_ORDERS = 16;

/** How a book treats what the venue convention leaves open. */
export interface TickBookOptions {
  /** Slots of the grid, ≥ 3. */
  readonly ticks: number;
  /** 1e-9 currency units per tick, > 0. */
  readonly tickNano: number;
  /** Resting orders to lay memory out for at first, ≥ 1; more make it grow. Default 16, 2 KiB. */
  readonly orders?: number;
  /** Throw on a price outside the grid instead of keeping the order without depth. */
  readonly strict: boolean;
  /** Told of every price outside the grid in tolerant mode. */
  readonly onOutOfRange: (action: string, priceNano: number) => void;
}

/** Copy of a book, fit for structured clone. */
export interface TickBookState {
  readonly orders: OrderTableState;
  readonly anchor: number;
  readonly bestBid: number;
  readonly bestAsk: number;
  /** Depth that belongs to no order any more (duplicate adds), as [slot, bid, ask] triples. */
  readonly leaked: Float64Array;
}

/** Figures of a book for people. */
export interface BookMetrics {
  readonly orderCount: number;
  readonly bidLevels: number;
  readonly askLevels: number;
  readonly totalBidQty: number;
  readonly totalAskQty: number;
}

/**
 * Market-by-order book with aggregate depth per absolute tick and O(1) best levels while they move by
 * a tick or two. Before the anchor is set, best prices are raw order prices.
 *
 * @see docs/methods/pressure.md, "The book".
 */
export class TickBook {
  readonly grid: TickGrid;
  readonly orders: OrderTable;
  bestBidIndex = -1;
  bestAskIndex = -1;
  /** Best prices in 1e-9 units, 0 when none. */
  bestBid = 0;
  bestAsk = 0;
  readonly #depth: TickDepth;
  readonly #options: TickBookOptions;

  constructor(options: TickBookOptions) {
    this.#options = options;
    this.grid = new TickGrid(options.ticks, options.tickNano);
    this.orders = new OrderTable(options.orders ?? FIRST_ORDERS);
    this.#depth = new TickDepth(options.ticks);
  }

  /** Resting quantity of bids per slot of the grid. */
  get bidDepth(): Float64Array {
    return this.#depth.bid;
  }

  /** Resting quantity of asks per slot of the grid. */
  get askDepth(): Float64Array {
    return this.#depth.ask;
  }

  /**
   * Adds an order and returns its slot in the grid, −1 outside. Depth of an earlier order of that id
   * stays: whoever minds cancels it first.
   *
   * @throws {BookError} In strict mode, when the price lies outside the grid.
   */
  add(side: number, priceNano: number, qty: number, idLow: number, idHigh: number): number {
    const { orders } = this;
    const index = this.grid.indexOf(priceNano);
    if (index < 0) this.#outside("Add", priceNano);
    orders.put(idLow, idHigh, side, priceNano, qty, index);
    if (index < 0) this.#offerRaw(side, priceNano);
    else if (this.#depth.add(side, index, qty)) this.#showBest();
    return index;
  }

  /** Removes an order whole and returns its quantity; the slot must be filled. */
  cancel(slot: number): number {
    const { orders } = this;
    const qty = orders.qty(slot);
    const index = orders.index(slot);
    if (index >= 0 && this.#depth.take(orders.side(slot), index, qty)) this.#showBest();
    orders.remove(slot);
    if (index < 0) this.#recomputeRaw();
    return qty;
  }

  /**
   * Gives an order a new side, price and quantity, or adds it when unknown. Returns its new slot in
   * the grid.
   *
   * @throws {BookError} In strict mode, when the price lies outside the grid; the old depth is gone.
   */
  modify(side: number, priceNano: number, qty: number, idLow: number, idHigh: number): number {
    const { orders } = this;
    const depth = this.#depth;
    const slot = orders.find(idLow, idHigh);
    let moved = false;
    if (slot >= 0) {
      const old = orders.index(slot);
      if (old >= 0) moved = depth.take(orders.side(slot), old, orders.qty(slot));
    }
    const index = this.grid.indexOf(priceNano);
    if (index < 0) this.#outside("Modify", priceNano, slot);
    orders.put(idLow, idHigh, side, priceNano, qty, index);
    if (index >= 0 && depth.add(side, index, qty)) moved = true;
    if (moved) this.#showBest();
    if (index < 0) this.#recomputeRaw();
    return index;
  }

  /** Executes up to `qty` of an order and returns what was executed; the slot must be filled. */
  fill(slot: number, qty: number): number {
    const { orders } = this;
    const before = orders.qty(slot);
    const index = orders.index(slot);
    const filled = Math.min(qty, before);
    if (index >= 0 && this.#depth.take(orders.side(slot), index, filled)) this.#showBest();
    if (before - filled > 0) orders.setQty(slot, before - filled);
    else {
      orders.remove(slot);
      if (index < 0) this.#recomputeRaw();
    }
    return filled;
  }

  /** Forgets all orders, depth and best levels. */
  clear(): void {
    this.orders.clear();
    this.#depth.clear();
    this.#showBest();
  }

  /**
   * Recomputes slots, depth and best levels from the orders under the present anchor.
   *
   * @throws {BookError} In strict mode, when an order lies outside the grid.
   */
  rebuild(): void {
    const { orders, grid, bidDepth, askDepth } = this;
    this.#depth.clear();
    this.#showBest();
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      const index = grid.indexOf(orders.priceNano(slot));
      if (index < 0) this.#outside("Order", orders.priceNano(slot));
      orders.setIndex(slot, index);
      if (index < 0) continue;
      const depth = orders.side(slot) === SIDE.BID ? bidDepth : askDepth;
      depth[index] = depth[index]! + orders.qty(slot);
    }
    this.#depth.findBest();
    this.#showBest();
    this.#recomputeRaw();
  }

  /** Highest bid and lowest ask over all orders by raw price, also outside the grid; 0 when none. */
  rawBest(): { bid: number; ask: number } {
    const { orders } = this;
    let bid = 0;
    let ask = Infinity;
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      const side = orders.side(slot);
      if (!(orders.qty(slot) > 0)) continue;
      const price = orders.priceNano(slot);
      if (side === SIDE.BID && price > bid) bid = price;
      else if (side === SIDE.ASK && price < ask) ask = price;
    }
    return { bid, ask: ask < Infinity ? ask : 0 };
  }

  /** Whether an order lies outside the anchored grid. */
  hasOutOfRange(): boolean {
    const { orders } = this;
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      if (orders.index(slot) < 0) return true;
    }
    return false;
  }

  /** Counts and totals; scans the grid. */
  metrics(): BookMetrics {
    let bidLevels = 0;
    let askLevels = 0;
    let totalBidQty = 0;
    let totalAskQty = 0;
    for (let i = 0; i < this.bidDepth.length; i++) {
      if (this.bidDepth[i]! > 0) bidLevels++;
      if (this.askDepth[i]! > 0) askLevels++;
      totalBidQty += this.bidDepth[i]!;
      totalAskQty += this.askDepth[i]!;
    }
    return { orderCount: this.orders.size, bidLevels, askLevels, totalBidQty, totalAskQty };
  }

  /** Copies the book. */
  save(): TickBookState {
    return {
      orders: this.orders.save(),
      anchor: this.grid.anchor,
      bestBid: this.bestBid,
      bestAsk: this.bestAsk,
      leaked: this.#leaked(),
    };
  }

  /** Replaces the book by a copy. */
  restore(state: TickBookState): void {
    this.orders.restore(state.orders);
    this.grid.anchor = state.anchor;
    this.rebuild();
    for (let i = 0; i < state.leaked.length; i += 3) {
      const slot = state.leaked[i]!;
      this.bidDepth[slot] = this.bidDepth[slot]! + state.leaked[i + 1]!;
      this.askDepth[slot] = this.askDepth[slot]! + state.leaked[i + 2]!;
    }
    if (state.anchor >= 0) {
      this.#depth.findBest();
      this.#showBest();
    } else {
      this.bestBid = state.bestBid;
      this.bestAsk = state.bestAsk;
    }
  }

  /** Tells of a price outside the anchored grid. @param slot What a refusal leaves behind, or −1. */
  #outside(action: string, priceNano: number, slot = -1): void {
    if (this.grid.anchor < 0) return;
    if (!this.#options.strict) return this.#options.onOutOfRange(action, priceNano);
    if (slot >= 0) this.orders.remove(slot);
    this.#showBest();
    throw new BookError(
      "out_of_range",
      `${action} price mapped outside configured absolute grid: ${priceNano}`,
    );
  }

  #showBest(): void {
    const { grid } = this;
    const depth = this.#depth;
    this.bestBidIndex = depth.bestBidIndex;
    this.bestAskIndex = depth.bestAskIndex;
    this.bestBid = grid.priceOf(this.bestBidIndex);
    this.bestAsk = grid.priceOf(this.bestAskIndex);
  }

  #offerRaw(side: number, priceNano: number): void {
    if (this.grid.anchor >= 0) return;
    if (side === SIDE.BID) {
      if (priceNano > this.bestBid) this.bestBid = priceNano;
    } else if (this.bestAsk === 0 || priceNano < this.bestAsk) this.bestAsk = priceNano;
  }

  #recomputeRaw(): void {
    if (this.grid.anchor >= 0) return;
    const { bid, ask } = this.rawBest();
    this.bestBid = bid;
    this.bestAsk = ask;
  }

  /** Depth beyond what the orders add up to. Quantities are integers, so the sums are exact. */
  #leaked(): Float64Array {
    const bid = this.bidDepth.slice();
    const ask = this.askDepth.slice();
    const { orders } = this;
    for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
      const index = orders.index(slot);
      if (index < 0) continue;
      const depth = orders.side(slot) === SIDE.BID ? bid : ask;
      depth[index] = depth[index]! - orders.qty(slot);
    }
    const triples: number[] = [];
    for (let i = 0; i < bid.length; i++) {
      if (bid[i] !== 0 || ask[i] !== 0) triples.push(i, bid[i]!, ask[i]!);
    }
    return Float64Array.from(triples);
  }
}
