import { BookError, midTick, TickBook, type TickBookState } from "../book/mod.ts";
import { ACTION, FLAG, SIDE } from "../dbn/mod.ts";
import { CompatModel } from "./compat_model.ts";
import { CompleteModel } from "./complete_model.ts";
import type { FlowModel, FlowTotals } from "./flow_model.ts";
import { copyTickState, restoreTickState, TickState, type TickStateCopy } from "./tick_state.ts";

/** Which arithmetic runs: corrected, or number by number as the original. */
export type PressureModel = "complete" | "compat";

/** Resting orders that memory is laid out for at first, 128 KiB: a future's book is never small. */
const FIRST_ORDERS = 1_024;

/** How an engine is built. */
export interface PressureEngineOptions {
  /** Slots of the grid, ≥ 3. */
  readonly ticks: number;
  /** 1e-9 currency units per tick, > 0. */
  readonly tickNano: number;
  readonly model: PressureModel;
  /** Anchor the grid at the first two-sided book. */
  readonly autoAnchor: boolean;
  /** Throw on a price outside the grid. */
  readonly strict: boolean;
  /** Absolute tick to anchor at, or null. */
  readonly anchor?: number | null;
  readonly onOutOfRange?: (action: string, priceNano: number) => void;
}

/** Copy of an engine, fit for structured clone. */
export interface PressureEngineState {
  readonly book: TickBookState;
  readonly ticks: TickStateCopy;
  readonly bookValid: boolean;
  readonly snapshotInProgress: boolean;
  readonly eventCount: number;
  readonly totals: FlowTotals;
}

/**
 * Keeps one independent state per absolute price tick from a stream of market-by-order events:
 * masses, velocities, accelerations and jerks of adding, pulling, execution and depth, and the two
 * forces pressure and vacuum.
 *
 * @see docs/methods/pressure.md
 */
export class PressureEngine {
  readonly book: TickBook;
  readonly state: TickState;
  readonly model: PressureModel;
  bookValid = false;
  snapshotInProgress = false;
  eventCount = 0;
  readonly #flow: FlowModel;
  readonly #corrected: boolean;
  readonly #autoAnchor: boolean;
  readonly #strict: boolean;
  // Up to two touches of the event at hand.
  #touches = 0;
  readonly #touchIndex = new Int32Array(2);
  readonly #touchAdd = new Float64Array(2);
  readonly #touchPull = new Float64Array(2);
  readonly #touchFill = new Float64Array(2);

  /** @throws {RangeError} When an option is out of range. */
  constructor(options: PressureEngineOptions) {
    this.model = options.model;
    this.#corrected = options.model === "complete";
    this.#autoAnchor = options.autoAnchor;
    this.#strict = options.strict;
    this.#flow = this.#corrected ? new CompleteModel() : new CompatModel();
    this.book = new TickBook({
      orders: FIRST_ORDERS,
      ticks: options.ticks,
      tickNano: options.tickNano,
      strict: options.strict,
      onOutOfRange: options.onOutOfRange ?? (() => {}),
    });
    this.state = new TickState(options.ticks);
    if (options.anchor !== undefined && options.anchor !== null) this.setAnchor(options.anchor);
  }

  /** Contracts touched and contracts that moved the velocities, since the start. */
  get totals(): Readonly<FlowTotals> {
    return this.#flow.totals;
  }

  /** Shares of the added, pulled and executed contracts that reached the velocities, 0..1. */
  coverage(): { add: number; pull: number; fill: number } {
    const t = this.totals;
    const share = (seen: number, all: number) => all > 0 ? seen / all : 1;
    return {
      add: share(t.addedSeen, t.added),
      pull: share(t.pulledSeen, t.pulled),
      fill: share(t.filledSeen, t.filled),
    };
  }

  /** Mid rounded to a tick, halves up, 1e-9 units; 0 without a two-sided book. */
  get spotNano(): number {
    const { bestBid, bestAsk, grid } = this.book;
    if (!(bestBid > 0 && bestAsk > 0)) return 0;
    return Math.floor((bestBid + bestAsk) / 2 / grid.tickNano + 0.5) * grid.tickNano;
  }

  /** Mid in currency; 0 without a two-sided book. */
  get midPrice(): number {
    const { bestBid, bestAsk } = this.book;
    return bestBid > 0 && bestAsk > 0 ? (bestBid + bestAsk) * 0.5 * 1e-9 : 0;
  }

  /**
   * Processes one event.
   *
   * @param tsNs Event time, exact ns offset from the session's base, > 0.
   * @param action Code of `ACTION`; others are counted and ignored.
   * @param side Code of `SIDE`.
   * @param priceNano 1e-9 units, exact.
   * @param size Contracts.
   * @param flags Bits of `FLAG`.
   * @throws {BookError} In strict mode, when a price lies outside the grid.
   */
  update(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void {
    this.eventCount++;
    const was = this.snapshotInProgress;
    this.#lifecycle(action, flags);
    this.#touches = 0;
    this.#apply(action, side, priceNano, size, idLow, idHigh);
    const completed = was && !this.snapshotInProgress;
    const anchored = this.#autoAnchor && this.book.grid.anchor < 0 && this.#anchorToBest();
    if ((completed || anchored) && this.book.grid.anchor >= 0) this.synchronise();
    for (let t = 0; t < this.#touches; t++) this.#touch(t, tsNs);
  }

  /** Processes one event for the book only: no tick state changes. */
  updateBook(
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void {
    this.eventCount++;
    this.#lifecycle(action, flags);
    this.#touches = 0;
    this.#apply(action, side, priceNano, size, idLow, idHigh);
    if (this.#autoAnchor && this.book.grid.anchor < 0) this.#anchorToBest();
  }

  /** Lets time pass on every touched tick up to `tsNs`, without events. */
  advance(tsNs: number): void {
    this.#flow.advance(this.state, tsNs);
  }

  /**
   * Sets the resting depth of every tick from the book, and nothing else.
   *
   * @throws {BookError} In strict mode, when an order lies outside the grid.
   */
  synchronise(): void {
    if (this.#strict && this.book.hasOutOfRange()) {
      throw new BookError("out_of_range", "Order mapped outside configured absolute grid");
    }
    this.state.setRestDepth(this.book.bidDepth, this.book.askDepth);
  }

  /** Moves the anchor to the present best prices; false when a side is missing. */
  reanchorToBest(): boolean {
    return this.#anchorToBest();
  }

  /**
   * Moves the anchor to the best raw order prices, zeroes every tick and takes the depth over; false
   * when a side is missing.
   */
  softReanchor(): boolean {
    const { bid, ask } = this.book.rawBest();
    if (!(bid > 0 && ask > 0)) return false;
    this.book.grid.anchor = midTick(bid, ask, this.book.grid.tickNano);
    this.book.rebuild();
    this.state.reset();
    this.synchronise();
    return true;
  }

  /**
   * Sets the anchor to an absolute tick.
   *
   * @throws {BookError} When it is negative or another anchor is set.
   */
  setAnchor(tick: number): void {
    const { grid } = this.book;
    if (tick < 0) throw new BookError("anchor", `Cannot anchor as the tick is negative: ${tick}`);
    if (grid.anchor >= 0 && grid.anchor !== tick) {
      throw new BookError(
        "anchor",
        `Cannot anchor at ${tick} as the anchor is set: ${grid.anchor}`,
      );
    }
    grid.anchor = tick;
    this.book.rebuild();
  }

  /** Copies the whole engine. */
  save(): PressureEngineState {
    return {
      book: this.book.save(),
      ticks: copyTickState(this.state),
      bookValid: this.bookValid,
      snapshotInProgress: this.snapshotInProgress,
      eventCount: this.eventCount,
      totals: { ...this.#flow.totals },
    };
  }

  /** Puts a copy back; what follows equals an uninterrupted run bit by bit. */
  restore(state: PressureEngineState): void {
    this.book.restore(state.book);
    restoreTickState(this.state, state.ticks);
    this.bookValid = state.bookValid;
    this.snapshotInProgress = state.snapshotInProgress;
    this.eventCount = state.eventCount;
    Object.assign(this.#flow.totals, state.totals);
  }

  #lifecycle(action: number, flags: number): void {
    const snapshot = (flags & FLAG.SNAPSHOT) !== 0;
    if (action === ACTION.CLEAR && snapshot) this.snapshotInProgress = true;
    const ends = (flags & FLAG.LAST) !== 0 && (snapshot || !this.#corrected);
    if (this.snapshotInProgress && ends) {
      this.snapshotInProgress = false;
      this.bookValid = true;
    }
    if (!this.bookValid && !this.snapshotInProgress) this.bookValid = true;
  }

  #apply(
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    const { book } = this;
    switch (action) {
      case ACTION.ADD: {
        if (this.#corrected) {
          if (side === SIDE.NONE) return;
          this.#dropDuplicate(idLow, idHigh);
        }
        const index = book.add(side, priceNano, size, idLow, idHigh);
        this.#note(index, size, 0, 0);
        return;
      }
      case ACTION.CANCEL: {
        const slot = book.orders.find(idLow, idHigh);
        if (slot < 0) return;
        const index = book.orders.index(slot);
        this.#note(index, 0, book.cancel(slot), 0);
        return;
      }
      case ACTION.MODIFY:
        this.#modify(side, priceNano, size, idLow, idHigh);
        return;
      case ACTION.FILL: {
        const slot = book.orders.find(idLow, idHigh);
        if (slot < 0) return;
        const index = book.orders.index(slot);
        const filled = book.fill(slot, size);
        this.#note(index, 0, 0, this.#corrected ? filled : size);
        return;
      }
      case ACTION.CLEAR:
        book.clear();
        this.bookValid = false;
        if (this.#corrected) this.state.setRestDepth(book.bidDepth, book.askDepth);
    }
  }

  /** An id in use: its order is gone, and what it held at its tick with it. */
  #dropDuplicate(idLow: number, idHigh: number): void {
    const { orders } = this.book;
    const slot = orders.find(idLow, idHigh);
    if (slot < 0) return;
    const index = orders.index(slot);
    this.#note(index, 0, this.book.cancel(slot), 0);
  }

  #modify(
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
  ): void {
    const { book } = this;
    const slot = book.orders.find(idLow, idHigh);
    if (this.#corrected && side === SIDE.NONE) {
      if (slot < 0) return;
      side = book.orders.side(slot);
    }
    const oldIndex = slot < 0 ? -1 : book.orders.index(slot);
    const oldQty = slot < 0 ? 0 : book.orders.qty(slot);
    const index = book.modify(side, priceNano, size, idLow, idHigh);
    if (slot < 0) {
      if (this.#corrected) this.#note(index, size, 0, 0);
    } else if (oldIndex !== index) {
      this.#note(oldIndex, 0, oldQty, 0);
      this.#note(index, size, 0, 0);
    } else if (size >= oldQty) this.#note(index, size - oldQty, 0, 0);
    else this.#note(index, 0, oldQty - size, 0);
  }

  #note(index: number, add: number, pull: number, fill: number): void {
    const t = this.#touches++;
    this.#touchIndex[t] = index;
    this.#touchAdd[t] = add;
    this.#touchPull[t] = pull;
    this.#touchFill[t] = fill;
  }

  #touch(t: number, tsNs: number): void {
    const index = this.#touchIndex[t]!;
    if (index < 0) return;
    const { bidDepth, askDepth } = this.book;
    this.#flow.touch(
      this.state,
      index,
      tsNs,
      this.eventCount,
      this.#touchAdd[t]!,
      this.#touchPull[t]!,
      this.#touchFill[t]!,
      bidDepth[index]! + askDepth[index]!,
    );
  }

  #anchorToBest(): boolean {
    const { book } = this;
    if (!(book.bestBid > 0 && book.bestAsk > 0)) return false;
    book.grid.anchor = midTick(book.bestBid, book.bestAsk, book.grid.tickNano);
    book.rebuild();
    return true;
  }
}
