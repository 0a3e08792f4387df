import { SIDE } from "../dbn/mod.ts";
import { BookError } from "./book_error.ts";

/**
 * Resting quantity per side and slot of a grid, and the best level of each side. Both sides lie in one
 * array, and a level's rank grows towards the best of its side: bids and asks come in no order that a
 * processor could guess, so the common way has no branch on the side.
 */
export class TickDepth {
  /** Resting quantity per slot. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Bids, then asks. */
  readonly #depth: Float64Array;
  readonly #ticks: number;
  /** Rank of the best bid and of the best ask, −1 when there is none. */
  readonly #best = Int32Array.of(-1, -1);

  /** @param ticks Slots of the grid. */
  constructor(ticks: number) {
    this.#ticks = ticks;
    this.#depth = new Float64Array(2 * ticks);
    this.bid = this.#depth.subarray(0, ticks);
    this.ask = this.#depth.subarray(ticks);
  }

  /** Slot of the highest bid, −1 when there is none. */
  get bestBidIndex(): number {
    return this.#best[0]!;
  }

  /** Slot of the lowest ask, −1 when there is none. */
  get bestAskIndex(): number {
    const rank = this.#best[1]!;
    return rank < 0 ? -1 : this.#ticks - 1 - rank;
  }

  /** Adds to a level. @returns Whether the best level of the side is another one now. */
  add(side: number, index: number, qty: number): boolean {
    const ask = askMask(side);
    const first = this.#ticks & ask;
    const depth = this.#depth;
    const best = this.#best;
    const after = depth[first + index]! + qty;
    depth[first + index] = after;
    const rank = first + (index ^ ask);
    if (rank <= best[ask & 1]! || !(after > 0)) return false;
    best[ask & 1] = rank;
    return true;
  }

  /**
   * Takes from a level.
   *
   * @returns Whether the best level of the side is another one now.
   * @throws {BookError} `depth_underflow` when there is less.
   */
  take(side: number, index: number, qty: number): boolean {
    const ask = askMask(side);
    const first = this.#ticks & ask;
    const depth = this.#depth;
    const after = depth[first + index]! - qty;
    if (after < 0) {
      throw new BookError("depth_underflow", `Depth underflow at slot ${index}: ${after}`);
    }
    depth[first + index] = after;
    const rank = first + (index ^ ask);
    // One branch, seldom taken, where two would each be hard to guess.
    if (((rank ^ this.#best[ask & 1]!) | after) !== 0) return false;
    return !(after > 0) && this.#fallFrom(ask, rank);
  }

  /** Takes all depth away. */
  clear(): void {
    this.#depth.fill(0);
    this.#best.fill(-1);
  }

  /** Finds the best levels after depth was written past {@link add} and {@link take}. */
  findBest(): void {
    this.#fallFrom(0, this.#ticks - 1);
    this.#fallFrom(-1, this.#ticks - 1);
  }

  #fallFrom(ask: number, from: number): true {
    const depth = this.#depth;
    const first = this.#ticks & ask;
    let rank = from;
    while (rank >= 0 && !(depth[first + first + (rank ^ ask)]! > 0)) rank--;
    this.#best[ask & 1] = rank;
    return true;
  }
}

/** No bit for bids, all bits for what counts as an ask: every other side. */
function askMask(side: number): number {
  return (0 - (side ^ SIDE.BID)) >> 31;
}
