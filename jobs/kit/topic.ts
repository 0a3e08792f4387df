/** A typed channel in memory: keeps its last value and hands every new one to its subscribers. */
export class Topic<T> {
  #last: T | null = null;
  readonly #subscribers = new Set<(value: T) => void>();

  /** The last value published, or null before the first. */
  get last(): T | null {
    return this.#last;
  }

  /** How many listen now. */
  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  /** Keeps `value` and calls those who are subscribed now, in order of subscription. */
  publish(value: T): void {
    this.#last = value;
    for (const subscriber of [...this.#subscribers]) {
      if (this.#subscribers.has(subscriber)) subscriber(value);
    }
  }

  /**
   * Calls `subscriber` for every value published from now on. A subscriber returns at once; one that
   * cannot keep up keeps its own bounded queue or skips.
   *
   * @returns Ends the subscription.
   */
  subscribe(subscriber: (value: T) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }
}
