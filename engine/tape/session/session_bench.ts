import type { FuturesTapeBench } from "../futures/futures_bench.ts";
import { SessionTape } from "./session_tape.ts";

const START_NS = 1_767_709_740_000_000_000n; // 2026-01-06 09:29 New York
const CLOSE_NS = 1_767_733_200_000_000_000n;

/** Returns a session that ran for its first minute, and a writer of it. */
export function warmedSession(): { tape: SessionTape; out: ReturnType<SessionTape["writer"]> } {
  const tape = new SessionTape({ seed: 1, startNs: START_NS, expirationNs: CLOSE_NS });
  const out = tape.writer();
  tape.generate(60e9, out);
  return { tape, out };
}

/**
 * Returns the speed of future and options together: records into memory, nothing read or stored.
 *
 * @param now Monotonic clock, ms.
 * @param minutes Market time to generate, after one minute to warm up.
 */
export function benchSessionTape(now: () => number, minutes = 20): FuturesTapeBench {
  const { tape, out } = warmedSession();
  let records = 0;
  const startMs = now();
  for (let sec = 61; sec <= 60 + minutes * 60; sec++) {
    out.reset();
    records += tape.generate(sec * 1e9, out);
  }
  const seconds = (now() - startMs) / 1_000;
  return { records, seconds, recordsPerSec: records / seconds };
}
