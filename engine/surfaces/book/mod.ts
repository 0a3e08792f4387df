/**
 * One instrument's book with the accounts of a window: what was added, withdrawn and executed at every
 * price, what rested, and whether the book can be trusted.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
 * import { BIDS, SurfaceBook } from "./mod.ts";
 *
 * const book = new SurfaceBook({ tickNano: 250_000_000, orders: 16, levels: 16 });
 * book.openWindow(1e9);
 * book.apply(1e8, ACTION.ADD, SIDE.BID, 6_950_000_000_000, 5, 1, 0, FLAG.LAST);
 * book.finishWindow();
 * equal(book.row.bestBidQty, 5);
 * equal(book.levels.added(book.levels.best(BIDS)), 5);
 * ```
 *
 * @module
 */

export { STRIKE_STEP_INT, strikeRefOf } from "./anchors.ts";
export { fillBand } from "./band_of.ts";
export { type BookRow, QUALITY, type RecordCounts } from "./book_window.ts";
export { FlowRows } from "./flow_rows.ts";
export { ASKS, BIDS, type PriceLevels, type PriceLevelsState } from "./price_levels.ts";
export { SurfaceBook, type SurfaceBookOptions, type SurfaceBookState } from "./surface_book.ts";
export { type TradeTally, type TradeTallyState } from "./trade_tally.ts";
