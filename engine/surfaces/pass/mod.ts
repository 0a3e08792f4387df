/**
 * All surfaces of a future and its options in one pass over their records.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
 * import { BookRecord } from "../book/mod.ts";
 * import { SurfaceBatches, SurfacePass } from "./mod.ts";
 *
 * const none = new Float64Array();
 * const rows: number[] = [];
 * const pass = new SurfacePass({
 *   baseNs: 1_767_709_800_000_000_000n,
 *   future: { instrumentId: 7, tickNano: 250_000_000 },
 *   chain: {
 *     instrumentId: none,
 *     isCall: new Uint8Array(),
 *     strikeInt: none,
 *     openInterest: none,
 *     expirationNs: 0n,
 *     symbols: [],
 *   },
 *   isGenerated: true,
 *   onWindow(closed) {
 *     const batches = SurfaceBatches.ofStreams(closed);
 *     batches.take(closed);
 *     rows.push(batches.batches.get("velocity")?.count ?? 0);
 *   },
 * });
 * const order = { action: ACTION.ADD, side: SIDE.BID, size: 5, idLow: 1, flags: FLAG.LAST };
 * const record = Object.assign(new BookRecord(), order, { tsNs: 1e8, priceNano: 6_950_000_000_000 });
 * pass.windows.takeRecord(7, record);
 * pass.closeUntil(2e9); // no spot in the first second: one side alone says none
 * deepEqual(rows, [0, 1]);
 * ```
 *
 * @module
 */

export { SurfaceBatches } from "./surface_batches.ts";
export { SurfacePass, type SurfacePassOptions, type SurfacePassState } from "./surface_pass.ts";
