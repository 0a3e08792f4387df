/** An entry that knows when it was last used, epoch ms. */
export interface Touched {
  touchedTs: number;
}

/** A map with a cap and a time to live: the oldest insertions leave at the cap, idle entries in a sweep. */
export class BoundedMap<V extends Touched> {
  readonly #map = new Map<string, V>();
  readonly #cap: number;
  readonly #ttlMs: number;

  /** @param cap Most entries, ≥ 1. @param ttlMs Longest idle time, ms. */
  constructor(cap: number, ttlMs: number) {
    this.#cap = cap;
    this.#ttlMs = ttlMs;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: V): void {
    if (this.#map.size >= this.#cap && !this.#map.has(key)) {
      const [oldest] = this.#map.keys();
      if (oldest !== undefined) this.#map.delete(oldest);
    }
    this.#map.set(key, value);
  }

  values(): IterableIterator<V> {
    return this.#map.values();
  }

  /** Drops what was not used since `nowMs − ttl`. */
  sweep(nowMs: number): void {
    for (const [key, value] of this.#map) {
      if (value.touchedTs < nowMs - this.#ttlMs) this.#map.delete(key);
    }
  }
}
