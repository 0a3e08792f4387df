import type { Column, Layout } from "../layout.ts";

/** A layout whose rows lie in the order of a key and have each value of it once. */
export interface TableLayout extends Layout {
  /** Names of the columns that rows are ordered by, the first one first. */
  readonly key: readonly string[];
  /** Rows may have one key: they then stand in the order of the file that they came in. */
  readonly repeats: boolean;
}

/** A table with one row per key. @param name Layer, product and table: also its key in the lake. */
export function table(
  name: string,
  key: readonly string[],
  columns: readonly Column[],
): TableLayout {
  return { name, version: 1, header: [], columns, rows: "many", key, repeats: false };
}

/** A table of records as they came, ordered by a key that several may have. */
export function records(
  name: string,
  key: readonly string[],
  columns: readonly Column[],
): TableLayout {
  return { ...table(name, key, columns), repeats: true };
}

/** A price or difference of prices, exact. */
export function priceInt(name: string, meaning: string): Column {
  return { name, type: "i53", unit: "1e-9 points", meaning };
}

/** A quantity that the contract keeps as a double, always whole. */
export function quantity(name: string, meaning: string): Column {
  return { name, type: "f64", unit: "contracts", meaning };
}

/** A count that the contract keeps as a long. */
export function long(name: string, unit: string, meaning: string): Column {
  return { name, type: "i53", unit, meaning };
}

/** A double; "" as unit of a ratio. */
export function double(name: string, unit: string, meaning: string): Column {
  return { name, type: "f64", unit, meaning };
}

/** A double that a row may lack. */
export function doubleOrNone(name: string, unit: string, meaning: string): Column {
  return { name, type: "f64", unit, meaning, nullable: true };
}

/** A 32-bit integer. */
export function int(name: string, unit: string, meaning: string): Column {
  return { name, type: "i32", unit, meaning };
}

/** A time in epoch ns, UTC. */
export function timeNs(name: string, meaning: string): Column {
  return { name, type: "i64", unit: "ns", meaning };
}

/** Any text. */
export function text(name: string, meaning: string): Column {
  return { name, type: "utf8", unit: "", meaning };
}

/** One of few texts. */
export function code(name: string, codes: readonly string[], meaning: string): Column {
  return { name, type: "code", unit: "", meaning, codes };
}

/** First to third differences of a value over windows of one second. */
export function differences(name: string, unit: string, of: string): readonly Column[] {
  const per = unit === "" ? "1" : unit;
  return [
    double(`d1_${name}`, `${per}/s`, `Change of ${of} since one window earlier, 0 at first`),
    double(`d2_${name}`, `${per}/s²`, `Change of d1_${name} since one window earlier`),
    double(`d3_${name}`, `${per}/s³`, `Change of d2_${name} since one window earlier`),
  ];
}

const WINDOW_START = timeNs("window_start_ts_ns", "Start of the window, inclusive");
export const WINDOW_END = timeNs("window_end_ts_ns", "End of the window, exclusive");
export const EVENT_TIME = timeNs("event_ts_ns", "Equals window_end_ts_ns");
export const WINDOW: readonly Column[] = [WINDOW_START, WINDOW_END];

/** Texts of the sides and rights, each kept as its place in the list. */
const SIDES = ["B", "A"] as const;
const RIGHTS = ["C", "P"] as const;
export const SIDE = code("side", SIDES, "B bid, A ask");
/** Sides of strike rows, which put asks first. */
export const STRIKE_SIDE = code("side", ["A", "B"], "A ask, B bid");
export const RIGHT = code("right", RIGHTS, "C call, P put");

export const SPOT_REF = priceInt(
  "spot_ref_price_int",
  "Spot of the window, on a tick; 0 when unknown",
);
export const STRIKE_REF = priceInt(
  "spot_ref_price_int",
  "Strike nearest to the spot of the window, ties upward",
);
export const REL_TICKS = int("rel_ticks", "ticks", "Price less spot_ref_price_int, in ticks");
export const STRIKE_REL_TICKS = int(
  "rel_ticks",
  "ticks",
  "Strike less spot_ref_price_int, in ticks of the future: a multiple of 20",
);
export const STRIKE = priceInt("strike_price_int", "Strike");
export const STRIKE_POINTS = double("strike_points", "points", "Strike");
export const INSTRUMENT_ID = long("instrument_id", "", "Venue's number of the instrument");

export const WINDOW_VALID: Column = {
  name: "window_valid",
  type: "bool",
  unit: "",
  meaning: "The book was whole, uncrossed and around a known spot all through the window",
};

/** What rested at a price and what happened there in a window. */
export const DEPTH_START = quantity("depth_qty_start", "Resting when the window began");
export const DEPTH_END = quantity("depth_qty_end", "Resting when the window ended");
export const ADD = quantity("add_qty", "Added: new orders, larger sizes, arrivals by repricing");
export const PULL = quantity(
  "pull_qty_total",
  "Withdrawn: cancels, smaller sizes, departures by repricing; not executions",
);
export const DEPTH_REST = quantity(
  "depth_qty_rest",
  "Of depth_qty_end, in orders at their price for 500 ms or longer",
);
export const PULL_REST = quantity(
  "pull_qty_rest",
  "Of pull_qty_total, from orders that had been at their price for 500 ms or longer",
);
export const FILL = quantity("fill_qty", "Executed against resting orders");
