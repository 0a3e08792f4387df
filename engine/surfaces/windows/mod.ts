/**
 * Windows of one second over a future and its options: one clock, a book for every instrument, and at
 * the end of every window the future's band, quotes, and flow per strike.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
 * import { SurfaceWindows } from "./mod.ts";
 *
 * const bids: number[] = [];
 * const windows = new SurfaceWindows({
 *   baseNs: 1_767_709_800_000_000_000n,
 *   future: { instrumentId: 7, tickNano: 250_000_000 },
 *   options: {
 *     instrumentId: new Float64Array(),
 *     isCall: new Uint8Array(),
 *     strikeInt: new Float64Array(),
 *   },
 *   onWindow: ({ future }) => void bids.push(future.row.bestBidQty),
 * });
 * windows.onRecord(7, 1e8, ACTION.ADD, SIDE.BID, 6_950_000_000_000, 5, 1, 0, FLAG.LAST);
 * windows.onRecord(7, 2e9, ACTION.CANCEL, SIDE.BID, 6_950_000_000_000, 2, 1, 0, FLAG.LAST);
 * windows.finish();
 * equal(bids.join(), "5,5,3");
 * ```
 *
 * @module
 */

export { type StrikeFlow } from "./strike_flow.ts";
export { StrikeRows } from "./strike_rows.ts";
export {
  type ListedOptions,
  type OptionQuotes,
  SurfaceWindows,
  type SurfaceWindowsOptions,
  type SurfaceWindowsState,
} from "./surface_windows.ts";
