/**
 * Market-by-order book with depth per absolute tick.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { SIDE } from "../dbn/mod.ts";
 * import { TickBook } from "./mod.ts";
 *
 * const book = new TickBook({ ticks: 1_024, tickNano: 250_000_000, strict: true, onOutOfRange() {} });
 * book.add(SIDE.BID, 5_000_000_000_000, 3, 1, 0);
 * book.add(SIDE.ASK, 5_000_250_000_000, 2, 2, 0);
 * equal(book.bestAsk - book.bestBid, 250_000_000); // a tick of a quarter, 1e-9 units
 * ```
 *
 * @module
 */

export { OrderTable, type OrderTableState } from "./order_table.ts";
export { BookError } from "./book_error.ts";
export {
  type BookMetrics,
  TickBook,
  type TickBookOptions,
  type TickBookState,
} from "./tick_book.ts";
export { midTick, TickGrid } from "./tick_grid.ts";
export { type BestQuote, quoteImbalance } from "./quote_imbalance.ts";
