/**
 * One instrument's book with the accounts of a window: what was added, withdrawn and executed at every
 * price, what rested, and whether the book can be trusted.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
 * import { BIDS, BookRecord, SurfaceBook } from "./mod.ts";
 *
 * const book = new SurfaceBook({ tickNano: 250_000_000, orders: 16, levels: 16 });
 * book.openWindow(1e9);
 * const record = Object.assign(new BookRecord(), { action: ACTION.ADD, side: SIDE.BID, size: 5, idLow: 1 });
 * record.tsNs = 1e8;
 * record.priceNano = 6_950_000_000_000;
 * record.flags = FLAG.LAST;
 * book.apply(record);
 * book.finishWindow();
 * equal(book.row.bestBidQty, 5);
 * equal(book.levels.added(book.levels.best(BIDS)), 5);
 * ```
 *
 * @module
 */

export { STRIKE_STEP_INT, STRIKE_STEP_TICKS, strikeRefOf } from "./anchors.ts";
export { fillBand } from "./band_of.ts";
export { BookRecord } from "./book_record.ts";
export { type BookRow, QUALITY, type RecordCounts } from "./book_window.ts";
export { FlowRows } from "./flow_rows.ts";
export { ASKS, BIDS, type PriceLevels, type PriceLevelsState } from "./price_levels.ts";
export { SurfaceBook, type SurfaceBookOptions, type SurfaceBookState } from "./surface_book.ts";
export { type TradeTally, type TradeTallyState } from "./trade_tally.ts";
