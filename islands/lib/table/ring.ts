/**
 * A queue of fixed capacity that grows at both ends: new items push out the oldest ones, old items are
 * taken in only while there is room. Nothing is moved when items come or go.
 */
export class Ring<T> {
  readonly capacity: number;
  readonly #items: (T | undefined)[];
  #head = 0;
  #size = 0;

  /** @throws {RangeError} When the capacity is no positive integer. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`Cannot make a ring as its capacity must be ≥ 1: it is ${capacity}`);
    }
    this.capacity = capacity;
    this.#items = new Array<T | undefined>(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Item by age: 0 is the oldest. Undefined when there is none. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#size) return undefined;
    return this.#items[(this.#head + index) % this.capacity];
  }

  /** Item by newness: 0 is the newest. */
  newest(index = 0): T | undefined {
    return this.at(this.#size - 1 - index);
  }

  /** Puts another item where one stands, counted by newness. @throws {RangeError} When none stands there. */
  replaceNewest(index: number, item: T): void {
    if (index < 0 || index >= this.#size) throw new RangeError(`No item to replace at ${index}`);
    this.#items[(this.#head + this.#size - 1 - index) % this.capacity] = item;
  }

  /** Adds the newest item; returns the oldest when it had to go. */
  push(item: T): T | undefined {
    const slot = (this.#head + this.#size) % this.capacity;
    if (this.#size < this.capacity) {
      this.#items[slot] = item;
      this.#size++;
      return undefined;
    }
    const gone = this.#items[slot];
    this.#items[slot] = item;
    this.#head = (this.#head + 1) % this.capacity;
    return gone;
  }

  /** Adds an item older than all others; false when there is no room. */
  pushOld(item: T): boolean {
    if (this.#size === this.capacity) return false;
    this.#head = (this.#head + this.capacity - 1) % this.capacity;
    this.#items[this.#head] = item;
    this.#size++;
    return true;
  }

  clear(): void {
    this.#items.fill(undefined);
    this.#head = 0;
    this.#size = 0;
  }

  /** The items, oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this.#size; i++) {
      yield this.#items[(this.#head + i) % this.capacity] as T;
    }
  }
}
