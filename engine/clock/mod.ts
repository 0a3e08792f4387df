/**
 * New York wall time for dates and sessions, and the clock of half-open bins.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { newYorkNs, newYorkText } from "./mod.ts";
 *
 * const openNs = newYorkNs("2026-01-14", "09:30");
 * equal(openNs, 1_768_401_000_000_000_000n);
 * equal(newYorkText(openNs), "2026-01-14 09:30:00");
 * ```
 *
 * @module
 */

export { BinClock, type BinClockState } from "./bin_clock.ts";
export {
  newYorkDate,
  newYorkNs,
  newYorkText,
  type SessionWindow,
  sessionWindow,
} from "./new_york.ts";
