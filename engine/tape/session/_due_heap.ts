/** What is due later, per slot, first things first: a binary heap over typed arrays. */
export class DueHeap {
  readonly #ns: Float64Array;
  readonly #slot: Int32Array;
  #count = 0;

  /** @param capacity Most things that wait at once. */
  constructor(capacity: number) {
    this.#ns = new Float64Array(capacity);
    this.#slot = new Int32Array(capacity);
  }

  /** Time of the first thing, ns, or Infinity. */
  get nextNs(): number {
    return this.#count === 0 ? Infinity : this.#ns[0]!;
  }

  /** Forgets everything. */
  clear(): void {
    this.#count = 0;
  }

  /** Enters a thing. */
  add(ns: number, slot: number): void {
    let at = this.#count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#ns[parent]! <= ns) break;
      this.#put(at, parent);
      at = parent;
    }
    this.#ns[at] = ns;
    this.#slot[at] = slot;
  }

  /** Takes the first thing out and returns its slot; there must be one. */
  take(): number {
    const slot = this.#slot[0]!;
    const last = --this.#count;
    const ns = this.#ns[last]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#ns[child + 1]! < this.#ns[child]!) child++;
      if (this.#ns[child]! >= ns) break;
      this.#put(at, child);
      at = child;
    }
    this.#ns[at] = ns;
    this.#slot[at] = this.#slot[last]!;
    return slot;
  }

  #put(to: number, from: number): void {
    this.#ns[to] = this.#ns[from]!;
    this.#slot[to] = this.#slot[from]!;
  }
}
