/**
 * The newest values in order of a sequence number that counts up by one. Old values fall out at the
 * capacity, so memory is bounded.
 */
export class Ring<T> {
  readonly #slots: (T | undefined)[];
  #end = 0;
  #start = 0;

  /** @param capacity Most values kept, ≥ 1. */
  constructor(capacity: number) {
    if (!(Number.isInteger(capacity) && capacity >= 1)) {
      throw new RangeError(`Cannot build a ring as its capacity must be 1 or more: ${capacity}`);
    }
    this.#slots = new Array<T | undefined>(capacity);
  }

  /** Sequence number of the oldest value kept. */
  get start(): number {
    return this.#start;
  }

  /** One past the sequence number of the newest value. */
  get end(): number {
    return this.#end;
  }

  /** Appends and returns the value's sequence number. */
  push(value: T): number {
    const sequence = this.#end++;
    this.#slots[sequence % this.#slots.length] = value;
    this.#start = Math.max(this.#start, this.#end - this.#slots.length);
    return sequence;
  }

  /** The value at `sequence`, or undefined when it fell out or is still to come. */
  at(sequence: number): T | undefined {
    if (sequence < this.#start || sequence >= this.#end) return undefined;
    return this.#slots[sequence % this.#slots.length];
  }

  /** Forgets all values; sequence numbers go on. */
  clear(): void {
    this.#start = this.#end;
    this.#slots.fill(undefined);
  }
}
