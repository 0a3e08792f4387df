/** Keys remembered at once; with more, the one that came first is forgotten. */
const MAX_KEYS = 10_000;

/** At most `limit` events per key in any `windowMs`. */
export class RateWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #nowMs: () => number;
  /** Times of the events that counted, ascending, by key. */
  readonly #times = new Map<string, number[]>();

  /** @param nowMs A monotonic clock, ms. */
  constructor(limit: number, windowMs: number, nowMs: () => number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#nowMs = nowMs;
  }

  /** Counts an event. Returns 0, or the ms to wait when it is one too many, which then does not count. */
  take(key: string): number {
    const now = this.#nowMs();
    const times = (this.#times.get(key) ?? []).filter((at) => now - at < this.#windowMs);
    const oldest = times[0];
    const isFull = times.length >= this.#limit && oldest !== undefined;
    if (!isFull) times.push(now);
    this.#times.delete(key); // the last used goes to the end
    this.#times.set(key, times);
    if (this.#times.size > MAX_KEYS) {
      const [first] = this.#times.keys();
      if (first !== undefined) this.#times.delete(first);
    }
    return isFull ? Math.max(1, oldest + this.#windowMs - now) : 0;
  }
}
