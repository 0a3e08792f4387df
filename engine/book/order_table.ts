/** Copy of an order table, fit for structured clone. */
export interface OrderTableState {
  readonly idLow: Uint32Array;
  readonly idHigh: Uint32Array;
  readonly side: Uint8Array;
  readonly priceNano: Float64Array;
  readonly qty: Float64Array;
  /** Only of a table that keeps entry times. */
  readonly enterNs?: Float64Array;
}

/** A record, in words of 32 bits, and where in it each field begins. Two records fill a cache line. */
const RECORD_WORDS = 8;
/** From where a record begins to its number in the table. */
const SLOT_SHIFT = 3;
const INDEX = 1; // word 0 is the side: 0 where no order is
const ID_LOW = 2;
const ID_HIGH = 3;
const PRICE = 4; // of 64 bits
const QTY = 6; // of 64 bits

/** Slots for one order that a table takes: so few run into each other that a processor guesses right. */
const SLOTS_PER_ORDER = 4;

/**
 * Resting orders by their 64-bit id: open addressing with linear probing over records of 32 bytes in
 * one buffer, at most a quarter full, so that an order costs no object, a look-up no BigInt, and either
 * mostly one cache line. Deletion shifts the run behind back (Knuth, TAOCP vol. 3, 6.4, algorithm R),
 * so the table never fills with tombstones.
 *
 * A slot is where a record begins among the words, a multiple of 8; it is filled when it holds an order.
 */
export class OrderTable {
  #words: Int32Array;
  /** The same buffer: what begins at word `at` lies at `at >> 1`. */
  #doubles: Float64Array;
  /** Takes any whole number to a slot. */
  #mask: number;
  #size = 0;
  /** Entry time of the order in the slot that begins at word `8 i`; null where nobody asks for it. */
  #enterNs: Float64Array | null = null;

  /**
   * @param orders Orders that it takes before it grows, ≥ 1; rounded up to a power of two.
   * @param keepsEntry Whether it keeps a time with every order.
   */
  constructor(orders: number, keepsEntry = false) {
    let slots = SLOTS_PER_ORDER;
    while (slots < SLOTS_PER_ORDER * orders) slots *= 2;
    this.#words = new Int32Array(slots * RECORD_WORDS);
    this.#doubles = new Float64Array(this.#words.buffer);
    this.#mask = this.#words.length - RECORD_WORDS;
    if (keepsEntry) this.#enterNs = new Float64Array(slots);
  }

  /** Orders kept. */
  get size(): number {
    return this.#size;
  }

  /** The filled slot after another, or −1; from −1 on the first. */
  next(slot: number): number {
    const words = this.#words;
    for (let at = slot < 0 ? 0 : slot + RECORD_WORDS; at < words.length; at += RECORD_WORDS) {
      if (words[at] !== 0) return at;
    }
    return -1;
  }

  /** Side of the order in a filled slot. */
  side(slot: number): number {
    return this.#words[slot]!;
  }

  /** Index in the tick grid, −1 outside it or before the anchor. */
  index(slot: number): number {
    return this.#words[slot | INDEX]!;
  }

  /** Price of the order in a filled slot, 1e-9 units. */
  priceNano(slot: number): number {
    return this.#doubles[(slot | PRICE) >> 1]!;
  }

  /** Quantity of the order in a filled slot. */
  qty(slot: number): number {
    return this.#doubles[(slot | QTY) >> 1]!;
  }

  /** Gives the order in a filled slot another quantity. */
  setQty(slot: number, qty: number): void {
    this.#doubles[(slot | QTY) >> 1] = qty;
  }

  /** Gives the order in a filled slot another index. */
  setIndex(slot: number, index: number): void {
    this.#words[slot | INDEX] = index;
  }

  /** When the order in a filled slot entered its price, ns offset; 0 in a table without entry times. */
  enterNs(slot: number): number {
    return this.#enterNs === null ? 0 : this.#enterNs[slot >> SLOT_SHIFT]!;
  }

  /** Gives the order in a filled slot an entry time; nothing happens in a table without them. */
  setEnterNs(slot: number, enterNs: number): void {
    if (this.#enterNs !== null) this.#enterNs[slot >> SLOT_SHIFT] = enterNs;
  }

  /** Slot of an id, or −1. Valid until the next order is put or removed. */
  find(idLow: number, idHigh: number): number {
    const words = this.#words;
    const slot = probe(words, this.#mask, idLow | 0, idHigh | 0);
    return words[slot] === 0 ? -1 : slot;
  }

  /**
   * Keeps an order under an id, in place of an earlier one; an entry time is set apart.
   *
   * @param side Above 0.
   * @returns Its slot, valid until the next order is put or removed.
   */
  put(
    idLow: number,
    idHigh: number,
    side: number,
    priceNano: number,
    qty: number,
    index: number,
  ): number {
    if (this.#size * (SLOTS_PER_ORDER * RECORD_WORDS) > this.#mask) this.#grow();
    const words = this.#words;
    const slot = probe(words, this.#mask, idLow | 0, idHigh | 0);
    const doubles = this.#doubles;
    if (words[slot] === 0) this.#size++;
    words[slot] = side;
    words[slot | INDEX] = index;
    words[slot | ID_LOW] = idLow;
    words[slot | ID_HIGH] = idHigh;
    doubles[(slot | PRICE) >> 1] = priceNano;
    doubles[(slot | QTY) >> 1] = qty;
    return slot;
  }

  /** Empties a filled slot. */
  remove(slot: number): void {
    this.#size--;
    const words = this.#words;
    if (words[(slot + RECORD_WORDS) & this.#mask] === 0) words[slot] = 0;
    else this.#shiftBack(slot);
  }

  /** Forgets all orders. */
  clear(): void {
    this.#words.fill(0);
    this.#size = 0;
  }

  /** Copies the orders in slot order. */
  save(): OrderTableState {
    const n = this.#size;
    const enterNs = this.#enterNs === null ? null : new Float64Array(n);
    const state = {
      idLow: new Uint32Array(n),
      idHigh: new Uint32Array(n),
      side: new Uint8Array(n),
      priceNano: new Float64Array(n),
      qty: new Float64Array(n),
    };
    for (let slot = this.next(-1), i = 0; slot >= 0; slot = this.next(slot), i++) {
      state.idLow[i] = this.#words[slot | ID_LOW]!;
      state.idHigh[i] = this.#words[slot | ID_HIGH]!;
      state.side[i] = this.side(slot);
      state.priceNano[i] = this.priceNano(slot);
      state.qty[i] = this.qty(slot);
      if (enterNs !== null) enterNs[i] = this.enterNs(slot);
    }
    return enterNs === null ? state : { ...state, enterNs };
  }

  /** Replaces the orders by a copy; every index becomes −1. */
  restore(state: OrderTableState): void {
    this.clear();
    const { idLow, idHigh, side, priceNano, qty } = state;
    for (let i = 0; i < side.length; i++) {
      const slot = this.put(idLow[i]!, idHigh[i]!, side[i]!, priceNano[i]!, qty[i]!, -1);
      if (state.enterNs !== undefined) this.setEnterNs(slot, state.enterNs[i]!);
    }
  }

  #shiftBack(slot: number): void {
    const words = this.#words;
    const enterNs = this.#enterNs;
    const mask = this.#mask;
    let hole = slot;
    let next = (slot + RECORD_WORDS) & mask;
    while (words[next] !== 0) {
      const home = homeOf(words[next | ID_LOW]!, words[next | ID_HIGH]!) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        // One by one: a call of `copyWithin` costs more than all of a deletion.
        for (let i = 0; i < RECORD_WORDS; i++) words[hole | i] = words[next | i]!;
        if (enterNs !== null) enterNs[hole >> SLOT_SHIFT] = enterNs[next >> SLOT_SHIFT]!;
        hole = next;
      }
      next = (next + RECORD_WORDS) & mask;
    }
    words[hole] = 0;
  }

  #grow(): void {
    const words = this.#words;
    const grown = new Int32Array(2 * words.length);
    const enterNs = this.#enterNs;
    const enterGrown = enterNs === null ? null : new Float64Array(2 * enterNs.length);
    this.#words = grown;
    this.#doubles = new Float64Array(grown.buffer);
    this.#mask = grown.length - RECORD_WORDS;
    for (let old = 0; old < words.length; old += RECORD_WORDS) {
      if (words[old] === 0) continue;
      const slot = probe(grown, this.#mask, words[old | ID_LOW]!, words[old | ID_HIGH]!);
      grown.set(words.subarray(old, old + RECORD_WORDS), slot);
      if (enterGrown !== null) enterGrown[slot >> SLOT_SHIFT] = enterNs![old >> SLOT_SHIFT]!;
    }
    this.#enterNs = enterGrown;
  }
}

/** Hash of an id; a table takes the bits above the third for where the order belongs. */
function homeOf(idLow: number, idHigh: number): number {
  const mixed = Math.imul(idLow ^ Math.imul(idHigh, 0x85ebca6b), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** Slot of an id, or the empty one where it belongs. */
function probe(words: Int32Array, mask: number, idLow: number, idHigh: number): number {
  let slot = homeOf(idLow, idHigh) & mask;
  while (
    words[slot] !== 0 && (words[slot | ID_LOW] !== idLow || words[slot | ID_HIGH] !== idHigh)
  ) slot = (slot + RECORD_WORDS) & mask;
  return slot;
}
