import type { Clock } from "./clock.ts";

/** An answer is handed out again for this long, ms, so that readers cannot keep the worker busy. */
const KEEP_MS = 5_000;
/** A worker that is busy for longer is not waited for, ms; its answer serves those who ask next. */
const WAIT_MS = 3_000;

/** Asks the worker one question, once for everybody who asks at about the same time. */
export class WorkerDesk<T> {
  readonly #clock: Clock;
  readonly #send: () => void;
  #last: T | null = null;
  #lastAtMs = -Infinity;
  #waiting: ((answer: T | null) => void)[] = [];

  /** @param send Sends the question to the worker. */
  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The newest answer; the one before it when the worker does not answer in time. */
  ask(): Promise<T | null> {
    if (this.#clock.nowMs() - this.#lastAtMs < KEEP_MS) return Promise.resolve(this.#last);
    const answer = new Promise<T | null>((resolve) => this.#waiting.push(resolve));
    if (this.#waiting.length > 1) return answer;
    this.#send();
    const late = new AbortController();
    this.#clock.sleep(WAIT_MS, late.signal).then(() => this.#release());
    return answer.finally(() => late.abort());
  }

  /** The worker answered, or it ended: then with null. */
  settle(answer: T | null): void {
    this.#last = answer;
    this.#lastAtMs = this.#clock.nowMs();
    this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(this.#last);
  }
}
