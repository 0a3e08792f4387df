/** Doubles of a level's record: a cache line. */
const STRIDE = 8;
/** Tick of a bid, minus the tick of an ask: it grows towards the best level of the side. */
const RANK = 0;
const DEPTH = 1;
const START = 2;
const ADD = 3;
const PULL = 4;
const PULL_REST = 5;
const FILL = 6;
const YOUNG = 7;

/** Copy of both sides' levels in rows of {@link STRIDE} doubles, fit for structured clone. */
export interface PriceLevelsState {
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  /** Whether the window has touched the level, in the order of the rows; bids, then asks. */
  readonly touched: Uint8Array;
}

/** Both sides by index. */
export const BIDS = 0;
export const ASKS = 1;

/**
 * Price levels of both sides with what a window did to each. The levels of a side lie sorted by price,
 * the best last, so no price is too far away to be kept, a best level is found without a scan over
 * ticks, and memory follows the levels there are. A touched level stays until its window is closed,
 * also without depth. Nothing is allocated once there is room for the most levels at a time.
 */
export class PriceLevels {
  /** Resting quantity of bids and of asks. */
  readonly total = Float64Array.of(0, 0);
  #data: Float64Array;
  #isTouched: Uint8Array;
  /** Levels that nobody uses, the next one last. */
  #free: Int32Array;
  #freeCount: number;
  readonly #sorted: [Int32Array, Int32Array];
  readonly #count = Int32Array.of(0, 0);
  #touched: Int32Array;
  #touchedCount = 0;

  /** @param levels Levels that it has room for at first, both sides together, ≥ 1. */
  constructor(levels: number) {
    this.#data = new Float64Array(levels * STRIDE);
    this.#isTouched = new Uint8Array(levels);
    this.#free = Int32Array.from({ length: levels }, (_, i) => levels - 1 - i);
    this.#freeCount = levels;
    this.#sorted = [new Int32Array(levels), new Int32Array(levels)];
    this.#touched = new Int32Array(levels);
  }

  /** Levels of a side, those included that the window emptied. */
  count(side: number): number {
    return this.#count[side]!;
  }

  /** Level of a side by rank: 0 is the worst, {@link count} − 1 the best. */
  at(side: number, rank: number): number {
    return this.#sorted[side]![rank]!;
  }

  /** Price of a level over the tick. */
  tick(level: number): number {
    return Math.abs(this.#data[level * STRIDE + RANK]!);
  }

  /** Contracts that rest at a level. */
  depth(level: number): number {
    return this.#data[level * STRIDE + DEPTH]!;
  }

  /** What rested when the window began. */
  start(level: number): number {
    const at = level * STRIDE;
    return this.#data[at + (this.#isTouched[level] === 1 ? START : DEPTH)]!;
  }

  added(level: number): number {
    return this.#data[level * STRIDE + ADD]!;
  }

  pulled(level: number): number {
    return this.#data[level * STRIDE + PULL]!;
  }

  /** Of {@link pulled}, what had rested. */
  pulledRest(level: number): number {
    return this.#data[level * STRIDE + PULL_REST]!;
  }

  filled(level: number): number {
    return this.#data[level * STRIDE + FILL]!;
  }

  /** Of {@link depth}, what will not have rested when the window ends. */
  young(level: number): number {
    return this.#data[level * STRIDE + YOUNG]!;
  }

  /** Whether the window has touched a level. */
  isTouched(level: number): boolean {
    return this.#isTouched[level] === 1;
  }

  /** The best level of a side with depth, −1 when there is none. */
  best(side: number): number {
    const sorted = this.#sorted[side]!;
    let rank = this.#count[side]! - 1;
    while (rank >= 0 && !(this.depth(sorted[rank]!) > 0)) rank--;
    return rank < 0 ? -1 : sorted[rank]!;
  }

  /** Whether anything rests at a tick, on either side. */
  hasTick(tick: number): boolean {
    for (let side = BIDS; side <= ASKS; side++) {
      const level = this.find(side, tick);
      if (level >= 0 && this.depth(level) > 0) return true;
    }
    return false;
  }

  /** Level of a tick, −1 when it is not kept. */
  find(side: number, tick: number): number {
    const rank = side === BIDS ? tick : -tick;
    const above = this.#rankAbove(side, rank);
    const level = above > 0 ? this.#sorted[side]![above - 1]! : -1;
    return level >= 0 && this.#data[level * STRIDE + RANK] === rank ? level : -1;
  }

  /** Level of a tick, made when it is not kept. */
  take(side: number, tick: number): number {
    const rank = side === BIDS ? tick : -tick;
    const above = this.#rankAbove(side, rank);
    if (above > 0) {
      const level = this.#sorted[side]![above - 1]!;
      if (this.#data[level * STRIDE + RANK] === rank) return level;
    }
    return this.#insert(side, rank, above);
  }

  /** Adds contracts to a level. @param isYoung Whether they will not have rested when the window ends. */
  put(side: number, level: number, qty: number, isYoung: boolean): void {
    this.#touch(level);
    const data = this.#data;
    const at = level * STRIDE;
    data[at + DEPTH] = data[at + DEPTH]! + qty;
    data[at + ADD] = data[at + ADD]! + qty;
    if (isYoung) data[at + YOUNG] = data[at + YOUNG]! + qty;
    this.total[side] = this.total[side]! + qty;
  }

  /** Takes withdrawn contracts from a level. @param isRest Whether they had rested. */
  pull(side: number, level: number, qty: number, isRest: boolean, isYoung: boolean): void {
    this.#leave(side, level, qty, isYoung);
    const data = this.#data;
    const at = level * STRIDE;
    data[at + PULL] = data[at + PULL]! + qty;
    if (isRest) data[at + PULL_REST] = data[at + PULL_REST]! + qty;
  }

  /** Takes executed contracts from a level. */
  fill(side: number, level: number, qty: number, isYoung: boolean): void {
    this.#leave(side, level, qty, isYoung);
    const at = level * STRIDE + FILL;
    this.#data[at] = this.#data[at]! + qty;
  }

  /** Books contracts that were withdrawn from a level in this window as executed. */
  rebook(level: number, qty: number, restQty: number): void {
    const data = this.#data;
    const at = level * STRIDE;
    data[at + PULL] = data[at + PULL]! - qty;
    data[at + PULL_REST] = data[at + PULL_REST]! - restQty;
    data[at + FILL] = data[at + FILL]! + qty;
  }

  /** Counts contracts of a level as not rested at the end of the window. */
  addYoung(level: number, qty: number): void {
    const at = level * STRIDE + YOUNG;
    this.#data[at] = this.#data[at]! + qty;
  }

  /** Forgets which contracts have not rested. */
  clearYoung(): void {
    for (let side = BIDS; side <= ASKS; side++) {
      for (let rank = 0; rank < this.#count[side]!; rank++) {
        this.#data[this.at(side, rank) * STRIDE + YOUNG] = 0;
      }
    }
  }

  /** Levels touched in the window, in the order of first touch. */
  get touchedCount(): number {
    return this.#touchedCount;
  }

  /** @param i Below {@link touchedCount}. */
  touchedAt(i: number): number {
    return this.#touched[i]!;
  }

  /** 0 for a level of bids, 1 for one of asks. */
  sideOf(level: number): number {
    return this.#data[level * STRIDE + RANK]! < 0 ? ASKS : BIDS;
  }

  /**
   * Begins anew with the depth there is: nothing was touched, what is empty is gone.
   *
   * @param keepsYoung Whether the window goes on, and with it what has not rested.
   */
  settle(keepsYoung: boolean): void {
    const data = this.#data;
    for (let i = 0; i < this.#touchedCount; i++) {
      const level = this.#touched[i]!;
      const at = level * STRIDE;
      this.#isTouched[level] = 0;
      if (data[at + DEPTH] === 0) this.#remove(level);
      else {
        data.fill(0, at + ADD, at + (keepsYoung ? YOUNG : STRIDE));
      }
    }
    this.#touchedCount = 0;
  }

  /** Forgets everything. */
  clear(): void {
    for (let side = BIDS; side <= ASKS; side++) {
      const sorted = this.#sorted[side]!;
      for (let rank = 0; rank < this.#count[side]!; rank++) {
        const level = sorted[rank]!;
        this.#isTouched[level] = 0;
        this.#free[this.#freeCount++] = level;
      }
    }
    this.#count.fill(0);
    this.total.fill(0);
    this.#touchedCount = 0;
  }

  save(): PriceLevelsState {
    const bids = this.#rows(BIDS);
    const asks = this.#rows(ASKS);
    const touched = new Uint8Array(this.#count[BIDS]! + this.#count[ASKS]!);
    let row = 0;
    for (let side = BIDS; side <= ASKS; side++) {
      for (let rank = 0; rank < this.#count[side]!; rank++) {
        touched[row++] = this.#isTouched[this.at(side, rank)]!;
      }
    }
    return { bids, asks, touched };
  }

  restore(state: PriceLevelsState): void {
    this.clear();
    let row = 0;
    for (let side = BIDS; side <= ASKS; side++) {
      const rows = side === BIDS ? state.bids : state.asks;
      for (let from = 0; from < rows.length; from += STRIDE, row++) {
        const level = this.#insert(side, rows[from]!, this.#count[side]!);
        this.#data.set(rows.subarray(from, from + STRIDE), level * STRIDE);
        this.total[side] = this.total[side]! + rows[from + DEPTH]!;
        if (state.touched[row] === 1) {
          this.#isTouched[level] = 1;
          this.#touched[this.#touchedCount++] = level;
        }
      }
    }
  }

  #rows(side: number): Float64Array {
    const rows = new Float64Array(this.#count[side]! * STRIDE);
    for (let rank = 0; rank < this.#count[side]!; rank++) {
      const at = this.at(side, rank) * STRIDE;
      rows.set(this.#data.subarray(at, at + STRIDE), rank * STRIDE);
    }
    return rows;
  }

  #leave(side: number, level: number, qty: number, isYoung: boolean): void {
    this.#touch(level);
    const data = this.#data;
    const at = level * STRIDE;
    data[at + DEPTH] = data[at + DEPTH]! - qty;
    if (isYoung) data[at + YOUNG] = data[at + YOUNG]! - qty;
    this.total[side] = this.total[side]! - qty;
  }

  #touch(level: number): void {
    if (this.#isTouched[level] === 1) return;
    this.#isTouched[level] = 1;
    const at = level * STRIDE;
    this.#data[at + START] = this.#data[at + DEPTH]!;
    this.#touched[this.#touchedCount++] = level;
  }

  /** Place of the first level that ranks above another: from the best in doubling steps, then by halves. */
  #rankAbove(side: number, rank: number): number {
    const sorted = this.#sorted[side]!;
    const data = this.#data;
    let high = this.#count[side]!;
    let low = high - 1;
    let step = 1;
    while (low >= 0 && data[sorted[low]! * STRIDE + RANK]! > rank) {
      high = low;
      low -= step;
      step *= 2;
    }
    low++;
    if (low < 0) low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data[sorted[middle]! * STRIDE + RANK]! > rank) high = middle;
      else low = middle + 1;
    }
    return high;
  }

  #insert(side: number, rank: number, place: number): number {
    if (this.#freeCount === 0) this.#grow();
    const level = this.#free[--this.#freeCount]!;
    const at = level * STRIDE;
    this.#data.fill(0, at, at + STRIDE);
    this.#data[at + RANK] = rank;
    const sorted = this.#sorted[side]!;
    const count = this.#count[side]!++;
    for (let i = count; i > place; i--) sorted[i] = sorted[i - 1]!;
    sorted[place] = level;
    return level;
  }

  #remove(level: number): void {
    const rank = this.#data[level * STRIDE + RANK]!;
    const side = this.sideOf(level);
    const sorted = this.#sorted[side]!;
    const place = this.#rankAbove(side, rank) - 1;
    const count = --this.#count[side]!;
    for (let i = place; i < count; i++) sorted[i] = sorted[i + 1]!;
    this.#free[this.#freeCount++] = level;
  }

  #grow(): void {
    const before = this.#isTouched.length;
    const after = 2 * before;
    this.#data = grown(this.#data, new Float64Array(after * STRIDE));
    this.#isTouched = grown(this.#isTouched, new Uint8Array(after));
    this.#free = grown(this.#free, new Int32Array(after));
    this.#touched = grown(this.#touched, new Int32Array(after));
    for (let side = BIDS; side <= ASKS; side++) {
      this.#sorted[side] = grown(this.#sorted[side]!, new Int32Array(after));
    }
    for (let level = after - 1; level >= before; level--) this.#free[this.#freeCount++] = level;
  }
}

function grown<T extends Float64Array | Int32Array | Uint8Array>(old: T, room: T): T {
  room.set(old);
  return room;
}
