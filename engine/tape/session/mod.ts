/**
 * A session: a market in one future and the day's options on it, order by order.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { SessionTape } from "./mod.ts";
 *
 * const startNs = 1_768_401_000_000_000_000n;
 * const tape = new SessionTape({ seed: 7, startNs, expirationNs: startNs + 3_600_000_000_000n });
 * const orders = tape.writer();
 * ok(tape.generate(1e9, orders) > 0); // records of the first second, the snapshots before them
 * ```
 *
 * @module
 */

export { type ChainListing, SYNTH_OPTIONS } from "./listing.ts";
export { definitionRecords, statisticsRecords } from "./reference_records.ts";
export { SessionAudit } from "./session_audit.ts";
export { SessionTape, type SessionTapeOptions } from "./session_tape.ts";
