import { SIDE } from "../dbn/mod.ts";
import { OrderTable, type OrderTableState } from "./order_table.ts";
import { TickGrid } from "./tick_grid.ts";

/** How a book treats what the venue convention leaves open. */
export interface TickBookOptions {
  /** Slots of the grid, ≥ 3. */
  readonly ticks: number;
  /** 1e-9 currency units per tick, > 0. */
  readonly tickNano: number;
  /** Throw on a price outside the grid instead of keeping the order without depth. */
  readonly strict: boolean;
  /** Told of every price outside the grid in tolerant mode. */
  readonly onOutOfRange: (action: string, priceNano: number) => void;
}

/** A book that cannot go on: a price outside a strict grid, or depth below zero. */
export class BookError extends RangeError {
  override readonly name = "BookError";
  readonly code: "out_of_range" | "depth_underflow" | "anchor";

  constructor(code: BookError["code"], message: string) {
    super(message);
    this.code = code;
  }
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
  readonly orders = new OrderTable();
  /** Resting quantity per slot. */
  readonly bidDepth: Float64Array;
  readonly askDepth: Float64Array;
  bestBidIndex = -1;
  bestAskIndex = -1;
  /** Best prices in 1e-9 units, 0 when none. */
  bestBid = 0;
  bestAsk = 0;
  readonly #options: TickBookOptions;

  constructor(options: TickBookOptions) {
    this.#options = options;
    this.grid = new TickGrid(options.ticks, options.tickNano);
    this.bidDepth = new Float64Array(options.ticks);
    this.askDepth = new Float64Array(options.ticks);
  }

  /**
   * Adds an order and returns its slot in the grid, −1 outside. Depth of an earlier order of that id
   * stays: whoever minds cancels it first.
   *
   * @throws {BookError} In strict mode, when the price lies outside the grid.
   */
  add(side: number, priceNano: number, qty: number, idLow: number, idHigh: number): number {
    const index = this.#indexFor("Add", priceNano);
    this.#put(side, priceNano, qty, index, idLow, idHigh);
    if (index >= 0) this.#delta(side, index, qty);
    else if (this.grid.anchor < 0) this.#offerRaw(side, priceNano);
    return index;
  }

  /** Removes an order whole and returns its quantity; the slot must be filled. */
  cancel(slot: number): number {
    const { orders } = this;
    const qty = orders.qty[slot]!;
    const index = orders.index[slot]!;
    const side = orders.side[slot]!;
    orders.remove(slot);
    if (index >= 0) this.#delta(side, index, -qty);
    if (this.grid.anchor < 0) this.#recomputeRaw();
    return qty;
  }

  /**
   * Gives an order a new side, price and quantity, or adds it when unknown. Returns its new slot in
   * the grid.
   *
   * @throws {BookError} In strict mode, when the price lies outside the grid; the old depth is gone.
   */
  modify(side: number, priceNano: number, qty: number, idLow: number, idHigh: number): number {
    const old = this.orders.find(idLow, idHigh);
    if (old >= 0) this.#takeOut(old);
    const index = this.#indexFor("Modify", priceNano);
    this.#put(side, priceNano, qty, index, idLow, idHigh);
    if (index >= 0) this.#delta(side, index, qty);
    if (this.grid.anchor < 0) this.#recomputeRaw();
    return index;
  }

  /** Executes up to `qty` of an order and returns what was executed; the slot must be filled. */
  fill(slot: number, qty: number): number {
    const { orders } = this;
    const filled = Math.min(qty, orders.qty[slot]!);
    const index = orders.index[slot]!;
    if (index >= 0) this.#delta(orders.side[slot]!, index, -filled);
    const rest = orders.qty[slot]! - filled;
    orders.qty[slot] = rest;
    if (rest <= 0) {
      orders.remove(slot);
      if (this.grid.anchor < 0) this.#recomputeRaw();
    }
    return filled;
  }

  /** Forgets all orders, depth and best levels. */
  clear(): void {
    this.orders.clear();
    this.#clearDepth();
  }

  /**
   * Recomputes slots, depth and best levels from the orders under the present anchor.
   *
   * @throws {BookError} In strict mode, when an order lies outside the grid.
   */
  rebuild(): void {
    this.#clearDepth();
    const { orders, grid } = this;
    if (grid.anchor < 0) {
      orders.index.fill(-1);
      this.#recomputeRaw();
      return;
    }
    for (let slot = 0; slot < orders.capacity; slot++) {
      const side = orders.side[slot]!;
      if (side === 0) continue;
      const index = this.#indexFor("Order", orders.priceNano[slot]!);
      orders.index[slot] = index;
      if (index < 0) continue;
      const depth = side === SIDE.BID ? this.bidDepth : this.askDepth;
      depth[index] = depth[index]! + orders.qty[slot]!;
    }
    this.#findBest();
  }

  /** Highest bid and lowest ask over all orders by raw price, also outside the grid; 0 when none. */
  rawBest(): { bid: number; ask: number } {
    const { orders } = this;
    let bid = 0;
    let ask = Infinity;
    for (let slot = 0; slot < orders.capacity; slot++) {
      const side = orders.side[slot]!;
      if (side === 0 || !(orders.qty[slot]! > 0)) continue;
      const price = orders.priceNano[slot]!;
      if (side === SIDE.BID && price > bid) bid = price;
      else if (side === SIDE.ASK && price < ask) ask = price;
    }
    return { bid, ask: ask < Infinity ? ask : 0 };
  }

  /** Whether an order lies outside the anchored grid. */
  hasOutOfRange(): boolean {
    const { orders } = this;
    for (let slot = 0; slot < orders.capacity; slot++) {
      if (orders.side[slot] !== 0 && orders.index[slot]! < 0) return true;
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
    if (state.anchor >= 0) this.#findBest();
    else {
      this.bestBid = state.bestBid;
      this.bestAsk = state.bestAsk;
    }
  }

  #indexFor(action: string, priceNano: number): number {
    const index = this.grid.indexOf(priceNano);
    if (index >= 0 || this.grid.anchor < 0) return index;
    if (this.#options.strict) {
      throw new BookError(
        "out_of_range",
        `${action} price mapped outside configured absolute grid: ${priceNano}`,
      );
    }
    this.#options.onOutOfRange(action, priceNano);
    return -1;
  }

  #put(
    side: number,
    priceNano: number,
    qty: number,
    index: number,
    idLow: number,
    idHigh: number,
  ): void {
    const { orders } = this;
    const slot = orders.insert(idLow, idHigh);
    orders.side[slot] = side;
    orders.priceNano[slot] = priceNano;
    orders.qty[slot] = qty;
    orders.index[slot] = index;
  }

  #takeOut(slot: number): void {
    const { orders } = this;
    const index = orders.index[slot]!;
    if (index >= 0) this.#delta(orders.side[slot]!, index, -orders.qty[slot]!);
    orders.remove(slot);
  }

  #delta(side: number, index: number, change: number): void {
    if (change === 0) return;
    const depth = side === SIDE.BID ? this.bidDepth : this.askDepth;
    const before = depth[index]!;
    const after = before + change;
    if (after < 0) {
      throw new BookError("depth_underflow", `Depth underflow at slot ${index}: ${after}`);
    }
    depth[index] = after;
    if (side === SIDE.BID) this.#afterBid(index, before, after);
    else this.#afterAsk(index, before, after);
  }

  #afterBid(index: number, before: number, after: number): void {
    if (after > 0) {
      if (this.bestBidIndex < 0 || index > this.bestBidIndex) this.#setBestBid(index);
    } else if (before > 0 && index === this.bestBidIndex) {
      let i = index;
      while (i >= 0 && !(this.bidDepth[i]! > 0)) i--;
      this.#setBestBid(i);
    }
  }

  #afterAsk(index: number, before: number, after: number): void {
    if (after > 0) {
      if (this.bestAskIndex < 0 || index < this.bestAskIndex) this.#setBestAsk(index);
    } else if (before > 0 && index === this.bestAskIndex) {
      const n = this.askDepth.length;
      let i = index;
      while (i < n && !(this.askDepth[i]! > 0)) i++;
      this.#setBestAsk(i < n ? i : -1);
    }
  }

  #setBestBid(index: number): void {
    this.bestBidIndex = index;
    this.bestBid = this.grid.priceOf(index);
  }

  #setBestAsk(index: number): void {
    this.bestAskIndex = index;
    this.bestAsk = this.grid.priceOf(index);
  }

  #findBest(): void {
    const n = this.bidDepth.length;
    let bid = n - 1;
    while (bid >= 0 && !(this.bidDepth[bid]! > 0)) bid--;
    let ask = 0;
    while (ask < n && !(this.askDepth[ask]! > 0)) ask++;
    this.#setBestBid(bid);
    this.#setBestAsk(ask < n ? ask : -1);
  }

  #offerRaw(side: number, priceNano: number): void {
    if (side === SIDE.BID) {
      if (priceNano > this.bestBid) this.bestBid = priceNano;
    } else if (this.bestAsk === 0 || priceNano < this.bestAsk) this.bestAsk = priceNano;
  }

  #recomputeRaw(): void {
    const { bid, ask } = this.rawBest();
    this.bestBid = bid;
    this.bestAsk = ask;
  }

  #clearDepth(): void {
    this.bidDepth.fill(0);
    this.askDepth.fill(0);
    this.bestBidIndex = -1;
    this.bestAskIndex = -1;
    this.bestBid = 0;
    this.bestAsk = 0;
  }

  /** Depth beyond what the orders add up to. Quantities are integers, so the sums are exact. */
  #leaked(): Float64Array {
    const bid = this.bidDepth.slice();
    const ask = this.askDepth.slice();
    const { orders } = this;
    for (let slot = 0; slot < orders.capacity; slot++) {
      const index = orders.index[slot]!;
      if (orders.side[slot] === 0 || index < 0) continue;
      const depth = orders.side[slot] === SIDE.BID ? bid : ask;
      depth[index] = depth[index]! - orders.qty[slot]!;
    }
    const triples: number[] = [];
    for (let i = 0; i < bid.length; i++) {
      if (bid[i] !== 0 || ask[i] !== 0) triples.push(i, bid[i]!, ask[i]!);
    }
    return Float64Array.from(triples);
  }
}
