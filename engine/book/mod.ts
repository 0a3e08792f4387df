export { OrderTable, type OrderTableState } from "./order_table.ts";
export {
  BookError,
  type BookMetrics,
  TickBook,
  type TickBookOptions,
  type TickBookState,
} from "./tick_book.ts";
export { midTick, TickGrid } from "./tick_grid.ts";
