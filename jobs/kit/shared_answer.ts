import type { Clock } from "./clock.ts";

/** An answer is handed out again for this long, ms, so that readers cannot keep a worker busy. */
const KEEP_MS = 5_000;
/** A worker that is busy for longer is not waited for, ms; its answer serves those who ask next. */
const WAIT_MS = 3_000;

/** Asks one question once for everybody who asks at about the same time. */
export class SharedAnswer<T> {
  readonly #clock: Clock;
  readonly #ask: () => Promise<T | null>;
  #last: T | null = null;
  #lastAtMs = -Infinity;
  #asking: Promise<void> | null = null;

  /** @param ask Asks; an error counts as null. */
  constructor(clock: Clock, ask: () => Promise<T | null>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** The newest answer; the one before it when the new one does not come in time. */
  async get(): Promise<T | null> {
    if (this.#clock.nowMs() - this.#lastAtMs < KEEP_MS) return this.#last;
    this.#asking ??= this.#refresh();
    const late = new AbortController();
    await Promise.race([this.#asking, this.#clock.sleep(WAIT_MS, late.signal)]);
    late.abort();
    return this.#last;
  }

  async #refresh(): Promise<void> {
    this.#last = await this.#ask().catch(() => null);
    this.#lastAtMs = this.#clock.nowMs();
    this.#asking = null;
  }
}
