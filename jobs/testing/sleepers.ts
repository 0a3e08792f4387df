/** Those who wait on a clock that a test moves. */
export class Sleepers {
  readonly #waiting = new Set<{ readonly atMs: number; readonly wake: () => void }>();

  /** Resolves when {@link wakeUntil} reaches an instant of the clock, or at the signal. */
  sleepUntil(atMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = {
        atMs,
        wake: () => {
          this.#waiting.delete(sleeper);
          signal.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      signal.addEventListener("abort", sleeper.wake, { once: true });
      this.#waiting.add(sleeper);
    });
  }

  /** Wakes everybody whose time has come. */
  wakeUntil(nowMs: number): void {
    for (const sleeper of [...this.#waiting]) if (sleeper.atMs <= nowMs) sleeper.wake();
  }
}
