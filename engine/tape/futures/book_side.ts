const LEVELS = 8_192;
const LEVEL_MASK = LEVELS - 1;
const FIRST_SLOTS = 8_192;
const MAX_SLOTS = 1 << 20;
const RECENT = 1_024;
const RECENT_MASK = RECENT - 1;
const PROBES = 4;

/**
 * One side of the generator's own book: first-in-first-out queues per price level, as linked lists
 * over typed arrays. Levels live in a ring of 8,192 ticks; the generator keeps the span far below.
 */
export class BookSide {
  /** +1 for bids (a better price is higher), -1 for asks. */
  readonly sign: 1 | -1;
  /** Best and worst price with orders, ticks. */
  best = 0;
  worst = 0;
  /** Live orders. */
  orders = 0;

  readonly #head = new Int32Array(LEVELS).fill(-1);
  readonly #tail = new Int32Array(LEVELS).fill(-1);
  readonly #quantity = new Int32Array(LEVELS);
  readonly #count = new Int32Array(LEVELS);
  #id = new Float64Array(FIRST_SLOTS);
  #enteredNs = new Float64Array(FIRST_SLOTS);
  #size = new Int32Array(FIRST_SLOTS);
  #tick = new Int32Array(FIRST_SLOTS);
  #next = new Int32Array(FIRST_SLOTS);
  #previous = new Int32Array(FIRST_SLOTS);
  /** Times that the order may still re-appear after a full fill. */
  #refills = new Int32Array(FIRST_SLOTS);
  #shown = new Int32Array(FIRST_SLOTS);
  #free = -1;
  #used = 0;
  readonly #recentSlot = new Int32Array(RECENT).fill(-1);
  readonly #recentId = new Float64Array(RECENT);
  readonly #recentNs = new Float64Array(RECENT).fill(-Infinity);
  #recentCount = 0;

  constructor(sign: 1 | -1) {
    this.sign = sign;
  }

  /** Returns the contracts at a price; ticks. */
  quantityAt(tick: number): number {
    return this.#quantity[tick & LEVEL_MASK]!;
  }

  /** Returns the number of orders at a price; ticks. */
  ordersAt(tick: number): number {
    return this.#count[tick & LEVEL_MASK]!;
  }

  /** Returns the ticks from the touch to a price: 0 at the touch, negative when better. */
  distance(tick: number): number {
    return (this.best - tick) * this.sign;
  }

  /** Returns the first order of a price level in queue order, or -1. */
  first(tick: number): number {
    return this.#head[tick & LEVEL_MASK]!;
  }

  /** Returns the order at place `place` of a level's queue; 0 <= place < ordersAt(tick). */
  nth(tick: number, place: number): number {
    const level = tick & LEVEL_MASK;
    const count = this.#count[level]!;
    let slot: number;
    if (place < count / 2) {
      slot = this.#head[level]!;
      for (let i = 0; i < place; i++) slot = this.#next[slot]!;
    } else {
      slot = this.#tail[level]!;
      for (let i = count - 1; i > place; i--) slot = this.#previous[slot]!;
    }
    return slot;
  }

  /** Returns the venue id of an order. */
  id(slot: number): number {
    return this.#id[slot]!;
  }

  /** Returns the contracts left in an order. */
  size(slot: number): number {
    return this.#size[slot]!;
  }

  /** Returns the price of an order, ticks. */
  tick(slot: number): number {
    return this.#tick[slot]!;
  }

  /** Returns how often the order may still re-appear after a full fill. */
  refills(slot: number): number {
    return this.#refills[slot]!;
  }

  /** Returns the size that the order showed when it entered, contracts. */
  shown(slot: number): number {
    return this.#shown[slot]!;
  }

  /**
   * Returns a live order whose age is near `ageNs`, or -1: among the last 1,024 entries, the
   * nearest of a few.
   *
   * @param maxAgeNs Oldest age allowed, ns.
   */
  recent(nowNs: number, ageNs: number, maxAgeNs: number): number {
    const wantedNs = nowNs - ageNs;
    let low = Math.max(0, this.#recentCount - RECENT);
    let high = this.#recentCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#recentNs[middle & RECENT_MASK]! < wantedNs) low = middle + 1;
      else high = middle;
    }
    for (let i = 0; i < PROBES; i++) {
      const at = low + ((i & 1) === 0 ? i >> 1 : -((i + 1) >> 1));
      if (at < 0 || at >= this.#recentCount || at < this.#recentCount - RECENT) continue;
      const entry = at & RECENT_MASK;
      if (nowNs - this.#recentNs[entry]! >= maxAgeNs) continue;
      const slot = this.#recentSlot[entry]!;
      if (this.#id[slot] === this.#recentId[entry]) return slot;
    }
    return -1;
  }

  /**
   * Adds an order at the end of its level's queue and returns its slot.
   *
   * @throws {RangeError} When more than 2^20 orders would live.
   */
  add(id: number, tick: number, size: number, nowNs: number, refills: number): number {
    let slot = this.#free;
    if (slot >= 0) this.#free = this.#next[slot]!;
    else {
      slot = this.#used++;
      if (slot >= this.#id.length) this.#grow();
    }
    this.#id[slot] = id;
    this.#size[slot] = size;
    this.#shown[slot] = size;
    this.#refills[slot] = refills;
    if (this.orders++ === 0) {
      this.best = tick;
      this.worst = tick;
    }
    this.#append(slot, tick, nowNs);
    return slot;
  }

  /** Takes `size` contracts off an order, which leaves the book at 0; the place in the queue stays. */
  reduce(slot: number, size: number): void {
    const left = this.#size[slot]! - size;
    const level = this.#tick[slot]! & LEVEL_MASK;
    this.#quantity[level] = this.#quantity[level]! - size;
    this.#size[slot] = left;
    if (left > 0) return;
    this.orders--;
    this.#unlink(slot);
    this.#id[slot] = -1;
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  /**
   * Moves an order to the end of the queue at `tick` with a new size: a loss of priority. The side
   * must hold a further order, or it would have no best price in between.
   */
  move(slot: number, tick: number, size: number, nowNs: number): void {
    const level = this.#tick[slot]! & LEVEL_MASK;
    this.#quantity[level] = this.#quantity[level]! - this.#size[slot]!;
    this.#size[slot] = size;
    this.#unlink(slot);
    this.#append(slot, tick, nowNs);
  }

  #append(slot: number, tick: number, nowNs: number): void {
    const level = tick & LEVEL_MASK;
    const tail = this.#tail[level]!;
    this.#tick[slot] = tick;
    this.#enteredNs[slot] = nowNs;
    this.#previous[slot] = tail;
    this.#next[slot] = -1;
    if (tail >= 0) this.#next[tail] = slot;
    else this.#head[level] = slot;
    this.#tail[level] = slot;
    this.#count[level] = this.#count[level]! + 1;
    this.#quantity[level] = this.#quantity[level]! + this.#size[slot]!;
    if ((tick - this.best) * this.sign > 0) this.best = tick;
    if ((this.worst - tick) * this.sign > 0) this.worst = tick;
    const entry = this.#recentCount++ & RECENT_MASK;
    this.#recentSlot[entry] = slot;
    this.#recentId[entry] = this.#id[slot]!;
    this.#recentNs[entry] = nowNs;
  }

  #unlink(slot: number): void {
    const tick = this.#tick[slot]!;
    const level = tick & LEVEL_MASK;
    const previous = this.#previous[slot]!;
    const next = this.#next[slot]!;
    if (previous >= 0) this.#next[previous] = next;
    else this.#head[level] = next;
    if (next >= 0) this.#previous[next] = previous;
    else this.#tail[level] = previous;
    this.#count[level] = this.#count[level]! - 1;
    if (this.#count[level] === 0) this.#settle(tick);
  }

  /** Finds the best or worst price anew after the level at `tick` ran empty. */
  #settle(tick: number): void {
    if (this.best === this.worst) return; // nothing else lives here; the next order sets both
    if (tick === this.best) {
      while (this.#count[this.best & LEVEL_MASK] === 0) this.best -= this.sign;
    } else if (tick === this.worst) {
      while (this.#count[this.worst & LEVEL_MASK] === 0) this.worst += this.sign;
    }
  }

  #grow(): void {
    const slots = this.#id.length * 2;
    if (slots > MAX_SLOTS) {
      throw new RangeError(`Cannot hold more than ${MAX_SLOTS} live orders`);
    }
    this.#id = grown(this.#id, new Float64Array(slots));
    this.#enteredNs = grown(this.#enteredNs, new Float64Array(slots));
    this.#size = grown(this.#size, new Int32Array(slots));
    this.#tick = grown(this.#tick, new Int32Array(slots));
    this.#next = grown(this.#next, new Int32Array(slots));
    this.#previous = grown(this.#previous, new Int32Array(slots));
    this.#refills = grown(this.#refills, new Int32Array(slots));
    this.#shown = grown(this.#shown, new Int32Array(slots));
  }
}

function grown<T extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(from: T, to: T): T {
  to.set(from);
  return to;
}
