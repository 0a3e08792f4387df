import { type Clock, turnOfEventLoop } from "./clock.ts";

/** What a loop drives. */
export interface PacedLoopOptions {
  readonly clock: Clock;
  /** One bounded step towards the time that is due; ms until the next one, 0 for at once. */
  readonly step: () => number | Promise<number>;
  /** Tells how things stand. */
  readonly report: () => void;
  /** How often that is told when nothing else happens, ms. */
  readonly reportEveryMs: number;
  /** Told of a step that failed, after which the loop goes on; without it the loop ends with the error. */
  readonly onFailure?: (error: unknown) => void;
  /** Lets messages in between two steps; one turn of the event loop when omitted. */
  readonly breathe?: (() => Promise<void>) | undefined;
}

/**
 * Takes bounded steps one after the other, when their time has come. One thing at a time: a command runs
 * between two steps, so it waits at most for the one under way and never meets a half-made state.
 */
export class PacedLoop {
  readonly #options: PacedLoopOptions;
  readonly #breathe: () => Promise<void>;
  readonly #commands: (() => Promise<void>)[] = [];
  #wake = new AbortController();
  #stopped = false;
  #reportedAtMs = -Infinity;

  constructor(options: PacedLoopOptions) {
    this.#options = options;
    this.#breathe = options.breathe ?? turnOfEventLoop;
  }

  /** Runs a command between two steps, after those that came before it; resolves with its result. */
  between<T>(command: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#commands.push(async () => {
        try {
          resolve(await command());
        } catch (error) {
          reject(error);
        }
      });
      this.wake();
    });
  }

  /** Takes the next step at once. */
  wake(): void {
    this.#wake.abort();
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  /** Tells how things stand, now. */
  report(): void {
    this.#reportedAtMs = this.#options.clock.nowMs();
    this.#options.report();
  }

  /** Runs until {@link PacedLoop.stop}. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      this.#wake = new AbortController();
      try {
        await this.#turn(this.#wake.signal);
      } catch (error) {
        if (this.#options.onFailure === undefined) throw error;
        this.#options.onFailure(error);
      }
    }
  }

  async #turn(wake: AbortSignal): Promise<void> {
    const { clock, step, reportEveryMs } = this.#options;
    for (let next = this.#commands.shift(); next !== undefined; next = this.#commands.shift()) {
      await next();
    }
    if (this.#stopped) return;
    const waitMs = await step();
    if (clock.nowMs() - this.#reportedAtMs >= reportEveryMs) this.report();
    if (waitMs > 0) await clock.sleep(Math.min(waitMs, reportEveryMs), wake);
    else await this.#breathe();
  }
}
