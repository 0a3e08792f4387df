/** Copy of an order table, fit for structured clone. */
export interface OrderTableState {
  readonly idLow: Uint32Array;
  readonly idHigh: Uint32Array;
  readonly side: Uint8Array;
  readonly priceNano: Float64Array;
  readonly qty: Float64Array;
}

const FIRST_CAPACITY = 4_096;
/** Filled share, in sixteenths, at which the table doubles. */
const MAX_LOAD_SIXTEENTHS = 10;

/**
 * Resting orders by their 64-bit id: open addressing with linear probing in typed arrays, so that an
 * order costs no object and a look-up no BigInt. Deletion shifts the run back (Knuth, TAOCP vol. 3,
 * 6.4, algorithm R), so the table never fills with tombstones.
 */
export class OrderTable {
  /** Slot columns; a slot is empty when its side is 0. */
  side = new Uint8Array(FIRST_CAPACITY);
  priceNano = new Float64Array(FIRST_CAPACITY);
  qty = new Float64Array(FIRST_CAPACITY);
  /** Index in the tick grid, −1 outside it or before the anchor. */
  index = new Int32Array(FIRST_CAPACITY);
  #idLow = new Uint32Array(FIRST_CAPACITY);
  #idHigh = new Uint32Array(FIRST_CAPACITY);
  #mask = FIRST_CAPACITY - 1;
  #size = 0;

  /** Orders kept. */
  get size(): number {
    return this.#size;
  }

  /** Slots, filled or not: the bound for a scan over the columns. */
  get capacity(): number {
    return this.#mask + 1;
  }

  /** Slot of an id, or −1. Valid until the next insert or remove. */
  find(idLow: number, idHigh: number): number {
    let slot = this.#home(idLow, idHigh);
    while (this.side[slot] !== 0) {
      if (this.#idLow[slot] === idLow && this.#idHigh[slot] === idHigh) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  /** Slot for an id, new or existing; the caller writes all four columns, with a side above 0. */
  insert(idLow: number, idHigh: number): number {
    if (this.#size * 16 >= this.capacity * MAX_LOAD_SIXTEENTHS) this.#grow();
    let slot = this.#home(idLow, idHigh);
    while (this.side[slot] !== 0) {
      if (this.#idLow[slot] === idLow && this.#idHigh[slot] === idHigh) return slot;
      slot = (slot + 1) & this.#mask;
    }
    this.#idLow[slot] = idLow;
    this.#idHigh[slot] = idHigh;
    this.#size++;
    return slot;
  }

  /** Empties a filled slot. */
  remove(slot: number): void {
    const mask = this.#mask;
    let hole = slot;
    let next = (slot + 1) & mask;
    while (this.side[next] !== 0) {
      const home = this.#home(this.#idLow[next]!, this.#idHigh[next]!);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        this.#move(next, hole);
        hole = next;
      }
      next = (next + 1) & mask;
    }
    this.side[hole] = 0;
    this.#size--;
  }

  /** Forgets all orders. */
  clear(): void {
    this.side.fill(0);
    this.#size = 0;
  }

  /** Copies the orders in slot order. */
  save(): OrderTableState {
    const n = this.#size;
    const state = {
      idLow: new Uint32Array(n),
      idHigh: new Uint32Array(n),
      side: new Uint8Array(n),
      priceNano: new Float64Array(n),
      qty: new Float64Array(n),
    };
    for (let slot = 0, i = 0; slot < this.capacity; slot++) {
      if (this.side[slot] === 0) continue;
      state.idLow[i] = this.#idLow[slot]!;
      state.idHigh[i] = this.#idHigh[slot]!;
      state.side[i] = this.side[slot]!;
      state.priceNano[i] = this.priceNano[slot]!;
      state.qty[i] = this.qty[slot]!;
      i++;
    }
    return state;
  }

  /** Replaces the orders by a copy; every index becomes −1. */
  restore(state: OrderTableState): void {
    this.clear();
    for (let i = 0; i < state.side.length; i++) {
      const slot = this.insert(state.idLow[i]!, state.idHigh[i]!);
      this.side[slot] = state.side[i]!;
      this.priceNano[slot] = state.priceNano[i]!;
      this.qty[slot] = state.qty[i]!;
      this.index[slot] = -1;
    }
  }

  #home(idLow: number, idHigh: number): number {
    const mixed = Math.imul(idLow ^ Math.imul(idHigh, 0x85ebca6b), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }

  #move(from: number, to: number): void {
    this.#idLow[to] = this.#idLow[from]!;
    this.#idHigh[to] = this.#idHigh[from]!;
    this.side[to] = this.side[from]!;
    this.priceNano[to] = this.priceNano[from]!;
    this.qty[to] = this.qty[from]!;
    this.index[to] = this.index[from]!;
  }

  #grow(): void {
    const { side, priceNano, qty, index } = this;
    const idLow = this.#idLow;
    const idHigh = this.#idHigh;
    const capacity = 2 * this.capacity;
    this.side = new Uint8Array(capacity);
    this.priceNano = new Float64Array(capacity);
    this.qty = new Float64Array(capacity);
    this.index = new Int32Array(capacity);
    this.#idLow = new Uint32Array(capacity);
    this.#idHigh = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    this.#size = 0;
    for (let old = 0; old < side.length; old++) {
      if (side[old] === 0) continue;
      const slot = this.insert(idLow[old]!, idHigh[old]!);
      this.side[slot] = side[old]!;
      this.priceNano[slot] = priceNano[old]!;
      this.qty[slot] = qty[old]!;
      this.index[slot] = index[old]!;
    }
  }
}
