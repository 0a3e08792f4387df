import type { TopicName } from "./topics.ts";

/** How a topic keeps its values, and what becomes of readers that cannot keep up. */
export interface TopicOptions {
  /** Values kept for those who come later, ≥ 1; the last one alone when omitted. */
  readonly keep?: number;
  /** Told how many values a reader has taken, by which it pushes back: so many more may be made. */
  readonly onTaken?: (count: number) => void;
  /** Told how many values a reader left out. */
  readonly onDropped?: (count: number) => void;
}

/**
 * A typed channel in memory: hands every value to its subscribers, and keeps the newest under sequence
 * numbers that count up by one, so that a reader can follow at its own pace. Old values fall out, so
 * memory is bounded. A reader that cannot keep up does one of two things: it leaves values out and
 * {@link Topic.drop}s them, which is counted, or it pushes back by saying what it has
 * {@link Topic.taken}.
 */
export class Topic<T> {
  readonly name: TopicName;
  readonly #options: TopicOptions;
  readonly #slots: (T | undefined)[];
  readonly #subscribers = new Set<(value: T) => void>();
  #start = 0;
  #end = 0;
  #dropped = 0;

  /** @throws {RangeError} When it would keep nothing. */
  constructor(name: TopicName, options: TopicOptions = {}) {
    const { keep = 1 } = options;
    if (!(Number.isInteger(keep) && keep >= 1)) {
      throw new RangeError(`Cannot make a topic as it must keep 1 value or more: ${keep}`);
    }
    this.name = name;
    this.#options = options;
    this.#slots = new Array<T | undefined>(keep);
  }

  /** Sequence number of the oldest value kept. */
  get start(): number {
    return this.#start;
  }

  /** One past the sequence number of the newest value. */
  get end(): number {
    return this.#end;
  }

  /** The newest value, or null when none is kept. */
  get last(): T | null {
    return this.at(this.#end - 1) ?? null;
  }

  /** How many listen now. */
  get subscriberCount(): number {
    return this.#subscribers.size;
  }

  /** Values that readers left out. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The value at `sequence`, or undefined when it fell out or is still to come. */
  at(sequence: number): T | undefined {
    if (sequence < this.#start || sequence >= this.#end) return undefined;
    return this.#slots[sequence % this.#slots.length];
  }

  /**
   * Keeps `value` and calls those who are subscribed now, in order of subscription.
   *
   * @returns The value's sequence number.
   */
  publish(value: T): number {
    const sequence = this.#end++;
    this.#slots[sequence % this.#slots.length] = value;
    this.#start = Math.max(this.#start, this.#end - this.#slots.length);
    for (const subscriber of [...this.#subscribers]) {
      if (this.#subscribers.has(subscriber)) subscriber(value);
    }
    return sequence;
  }

  /** Forgets the values kept; sequence numbers go on. */
  clear(): void {
    this.#start = this.#end;
    this.#slots.fill(undefined);
  }

  /**
   * Calls `subscriber` for every value published from now on. It returns at once.
   *
   * @returns Ends the subscription.
   */
  subscribe(subscriber: (value: T) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** A reader left `count` values out. */
  drop(count: number): void {
    this.#dropped += count;
    this.#options.onDropped?.(count);
  }

  /** A reader that pushes back has taken `count` values. */
  taken(count: number): void {
    this.#options.onTaken?.(count);
  }
}
