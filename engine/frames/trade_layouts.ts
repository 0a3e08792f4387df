import type { Column, Layout } from "./layout.ts";

const BIN_COLUMNS = [
  { name: "bin_seq", type: "i53", unit: "", meaning: "Number of the bin; the newest of several" },
  { name: "bin_end_ns", type: "i64", unit: "ns", meaning: "End of the bin, exclusive" },
] as const satisfies readonly Column[];

/**
 * Trades by price. A row is what traded in a stretch of time at a stretch of prices; as streamed both are
 * one: one bin, one tick. Longer stretches are for hours of past, which take the same columns.
 */
export const TRADE_CELLS: Layout = {
  name: "trade.cells",
  version: 1,
  header: [],
  columns: [
    ...BIN_COLUMNS,
    { name: "bins", type: "i32", unit: "bins", meaning: "Bins in the row, 1 as streamed" },
    {
      name: "price_tick",
      type: "i53",
      unit: "ticks",
      meaning: "Price over tick_int, rounded, halves up; the lowest of several",
    },
    { name: "ticks", type: "i32", unit: "ticks", meaning: "Prices in the row, 1 as streamed" },
    { name: "buy_qty", type: "i53", unit: "contracts", meaning: "Traded by buying aggressors" },
    { name: "sell_qty", type: "i53", unit: "contracts", meaning: "Traded by selling aggressors" },
    {
      name: "none_qty",
      type: "i53",
      unit: "contracts",
      meaning: "Traded without an aggressor that the venue names",
    },
    { name: "count", type: "i32", unit: "trades", meaning: "Trades, of all three" },
    { name: "largest_qty", type: "i53", unit: "contracts", meaning: "Largest of the trades" },
  ],
  rows: "many",
};

/** Place of a column in {@link TRADE_CELLS}. */
export const CELL = {
  BIN_SEQ: 0,
  BIN_END_NS: 1,
  BINS: 2,
  PRICE_TICK: 3,
  TICKS: 4,
  BUY_QTY: 5,
  SELL_QTY: 6,
  NONE_QTY: 7,
  COUNT: 8,
  LARGEST_QTY: 9,
} as const;

/** Trades one by one, in the order in which they came. */
export const TRADE_PRINTS: Layout = {
  name: "trade.prints",
  version: 1,
  header: [],
  columns: [
    ...BIN_COLUMNS,
    { name: "ts_ns", type: "i64", unit: "ns", meaning: "Exchange time" },
    { name: "price_int", type: "i53", unit: "1e-9 currency", meaning: "Price, not rounded" },
    { name: "size", type: "i53", unit: "contracts", meaning: "Traded quantity" },
    {
      name: "aggressor",
      type: "i8",
      unit: "",
      meaning: "1 bought, −1 sold, 0 where the venue names none",
    },
  ],
  rows: "many",
};

/** Place of a column in {@link TRADE_PRINTS}. */
export const PRINT = {
  BIN_SEQ: 0,
  BIN_END_NS: 1,
  TS_NS: 2,
  PRICE_INT: 3,
  SIZE: 4,
  AGGRESSOR: 5,
} as const;
