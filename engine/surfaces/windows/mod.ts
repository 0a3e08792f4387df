/**
 * Windows of one second over a future and its options: one clock, a book for every instrument, and at
 * the end of every window the future's band, quotes, and flow per strike.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
 * import { BookRecord } from "../book/mod.ts";
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
 * const record = new BookRecord();
 * const price = { side: SIDE.BID, priceNano: 6_950_000_000_000, idLow: 1, flags: FLAG.LAST };
 * const take = (own: Partial<BookRecord>) => windows.takeRecord(7, Object.assign(record, price, own));
 * take({ tsNs: 1e8, action: ACTION.ADD, size: 5 });
 * take({ tsNs: 2e9, action: ACTION.CANCEL, size: 2 });
 * windows.finish();
 * equal(bids.join(), "5,5,3");
 * ```
 *
 * @module
 */

export { OptionLevelRows } from "./option_level_rows.ts";
export { type StrikeFlow } from "./strike_flow.ts";
export { StrikeRows } from "./strike_rows.ts";
export {
  type ListedOptions,
  type OptionQuotes,
  SurfaceWindows,
  type SurfaceWindowsOptions,
  type SurfaceWindowsState,
} from "./surface_windows.ts";
