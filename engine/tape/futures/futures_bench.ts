import { FuturesTape } from "./futures_tape.ts";

/** What a run of the futures generator took. */
export interface FuturesTapeBench {
  readonly records: number;
  readonly seconds: number;
  readonly recordsPerSec: number;
}

/**
 * Returns the speed of the generator alone: records into memory, nothing read or stored.
 *
 * @param now Monotonic clock, ms.
 * @param minutes Market time to generate, after one minute to warm up.
 */
export function benchFuturesTape(now: () => number, minutes = 20): FuturesTapeBench {
  const tape = new FuturesTape({ seed: 1, startNs: 1_767_709_740_000_000_000n });
  const out = tape.writer();
  tape.generate(60e9, out);
  let records = 0;
  const startMs = now();
  for (let sec = 61; sec <= 60 + minutes * 60; sec++) {
    out.reset();
    records += tape.generate(sec * 1e9, out);
  }
  const seconds = (now() - startMs) / 1_000;
  return { records, seconds, recordsPerSec: records / seconds };
}
