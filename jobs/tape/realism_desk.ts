import type { Clock } from "../market/clock.ts";
import type { RealismReport } from "../realism/report.ts";

/** A report is handed out again for this long, ms, so that readers cannot keep the worker measuring. */
const KEEP_MS = 5_000;
/** A worker that is busy for longer is not waited for, ms; its answer serves those who ask next. */
const WAIT_MS = 3_000;

/** Asks the worker for what it measured, once for everybody who asks at about the same time. */
export class RealismDesk {
  readonly #clock: Clock;
  readonly #send: () => void;
  #last: RealismReport | null = null;
  #lastAtMs = -Infinity;
  #waiting: ((report: RealismReport | null) => void)[] = [];

  /** @param send Sends the question to the worker. */
  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The newest report; the one before it when the worker does not answer in time. */
  ask(): Promise<RealismReport | null> {
    if (this.#clock.nowMs() - this.#lastAtMs < KEEP_MS) return Promise.resolve(this.#last);
    const answer = new Promise<RealismReport | null>((resolve) => this.#waiting.push(resolve));
    if (this.#waiting.length > 1) return answer;
    this.#send();
    const late = new AbortController();
    this.#clock.sleep(WAIT_MS, late.signal).then(() => this.#release());
    return answer.finally(() => late.abort());
  }

  /** The worker answered, or it ended: then with null. */
  settle(report: RealismReport | null): void {
    this.#last = report;
    this.#lastAtMs = this.#clock.nowMs();
    this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(this.#last);
  }
}
