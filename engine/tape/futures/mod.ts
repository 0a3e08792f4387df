/**
 * A market in one future, order by order.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { FuturesTape } from "./mod.ts";
 *
 * const tape = new FuturesTape({ seed: 7, startNs: 1_768_401_000_000_000_000n });
 * const orders = tape.writer();
 * ok(tape.generate(1e9, orders) > 0); // records of the first second, the snapshot before them
 * ```
 *
 * @module
 */

export {
  FuturesTape,
  type FuturesTapeOptions,
  SYNTH_DATASET,
  SYNTH_FUTURE,
  SYNTH_PUBLISHER_ID,
} from "./futures_tape.ts";
export { PacketClock } from "./_packet.ts";
export type { LatentPath } from "./latent_price.ts";
export { TapeAudit, type TapeCounts } from "./tape_audit.ts";
export { MboWriter, type MboWriterOptions } from "./mbo_writer.ts";
export { FLOW_REGIMES, REGIME_PARAMETERS, type RegimeParameters } from "./regimes.ts";
