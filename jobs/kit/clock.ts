/** The only clock of the market: monotonic for pacing, wall for the start of a live session. */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary origin. */
  nowMs(): number;
  /** Wall clock, ns since 1970 UTC (resolution 1 ms). */
  wallNs(): bigint;
  /** Resolves after `ms` milliseconds, or earlier when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallNs: () => BigInt(Date.now()) * 1_000_000n,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done, { once: true });
    }),
};

/** Waits for the end of the queue of the thread's event loop. */
export function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
