import type { Column, Layout } from "./layout.ts";

/** The 18 engine columns of a tick, in the order in which the engine keeps them. */
export const ENGINE_COLUMNS = [
  { name: "add_mass", type: "f64", unit: "contracts", meaning: "Added quantity, 30 s decay" },
  { name: "pull_mass", type: "f64", unit: "contracts", meaning: "Cancelled quantity, 30 s decay" },
  { name: "fill_mass", type: "f64", unit: "contracts", meaning: "Executed quantity, 30 s decay" },
  { name: "rest_depth", type: "f64", unit: "contracts", meaning: "Resting quantity, bid + ask" },
  { name: "v_add", type: "f64", unit: "contracts/s", meaning: "Rate of adding" },
  { name: "v_pull", type: "f64", unit: "contracts/s", meaning: "Rate of cancelling" },
  { name: "v_fill", type: "f64", unit: "contracts/s", meaning: "Rate of execution" },
  { name: "v_rest_depth", type: "f64", unit: "contracts/s", meaning: "Rate of change of depth" },
  { name: "a_add", type: "f64", unit: "contracts/s²", meaning: "Acceleration of adding" },
  { name: "a_pull", type: "f64", unit: "contracts/s²", meaning: "Acceleration of cancelling" },
  { name: "a_fill", type: "f64", unit: "contracts/s²", meaning: "Acceleration of execution" },
  { name: "a_rest_depth", type: "f64", unit: "contracts/s²", meaning: "Acceleration of depth" },
  { name: "j_add", type: "f64", unit: "contracts/s³", meaning: "Jerk of adding" },
  { name: "j_pull", type: "f64", unit: "contracts/s³", meaning: "Jerk of cancelling" },
  { name: "j_fill", type: "f64", unit: "contracts/s³", meaning: "Jerk of execution" },
  { name: "j_rest_depth", type: "f64", unit: "contracts/s³", meaning: "Jerk of depth" },
  {
    name: "pressure_variant",
    type: "f64",
    unit: "contracts/s",
    meaning: "Liquidity arriving (weighted)",
  },
  {
    name: "vacuum_variant",
    type: "f64",
    unit: "contracts/s",
    meaning: "Liquidity leaving (weighted)",
  },
] as const satisfies readonly Column[];

/** Position of an engine column in {@link ENGINE_COLUMNS}. */
export const ENG = {
  ADD_MASS: 0,
  PULL_MASS: 1,
  FILL_MASS: 2,
  REST_DEPTH: 3,
  V_ADD: 4,
  V_PULL: 5,
  V_FILL: 6,
  V_REST_DEPTH: 7,
  A_ADD: 8,
  A_PULL: 9,
  A_FILL: 10,
  A_REST_DEPTH: 11,
  J_ADD: 12,
  J_PULL: 13,
  J_FILL: 14,
  J_REST_DEPTH: 15,
  PRESSURE: 16,
  VACUUM: 17,
} as const;

/** Which of two forces holds at a tick, and how surely. */
export const SCORE_COLUMN = {
  name: "spectrum_score",
  type: "f64",
  unit: "",
  meaning: "Vacuum −1 to pressure +1",
} as const satisfies Column;

/** The same in three words. */
export const STATE_COLUMN = {
  name: "spectrum_state_code",
  type: "i8",
  unit: "",
  meaning: "−1 vacuum, 0 neutral, 1 pressure",
} as const satisfies Column;

const K_COLUMN: Column = {
  name: "k",
  type: "i32",
  unit: "ticks",
  meaning: "Distance from the spot reference",
};

const LAST_EVENT_COLUMN: Column = {
  name: "last_event_id",
  type: "i53",
  unit: "",
  meaning: "Engine event that last touched the tick",
};

const PROJECTION = "proj_score_h";

/**
 * Projected scores, one column per horizon.
 *
 * @param horizonsMs Projection horizons in ms, in config order.
 */
export function projectionColumns(horizonsMs: readonly number[]): readonly Column[] {
  return horizonsMs.map((ms) => ({
    name: `${PROJECTION}${ms}`,
    type: "f64",
    unit: "",
    meaning: `Projected score ${ms} ms ahead`,
    family: { name: `${PROJECTION}<ms>`, meaning: "Projected score that many ms ahead" },
  }));
}

/** Whether a column holds a projected score. */
export function isProjection(name: string): boolean {
  return name.startsWith(PROJECTION);
}

/** Header of one bin. Times are ns UTC, prices 1e-9 currency units; both exceed no 64-bit integer. */
export const BIN_HEADER_COLUMNS = [
  { name: "ts_ns", type: "i64", unit: "ns", meaning: "Equals bin_end_ns" },
  { name: "bin_seq", type: "i53", unit: "", meaning: "0-based number of the bin" },
  { name: "bin_start_ns", type: "i64", unit: "ns", meaning: "Start of the bin, inclusive" },
  { name: "bin_end_ns", type: "i64", unit: "ns", meaning: "End of the bin, exclusive" },
  { name: "bin_event_count", type: "i53", unit: "events", meaning: "Updates inside the bin" },
  { name: "event_id", type: "i53", unit: "", meaning: "Engine event counter at emission" },
  { name: "mid_price", type: "f64", unit: "currency", meaning: "Mid, 0 when a side is missing" },
  {
    name: "spot_ref_price_int",
    type: "i64",
    unit: "1e-9 currency",
    meaning: "Tick-rounded mid, price of k = 0; 0 when none",
  },
  {
    name: "best_bid_price_int",
    type: "i64",
    unit: "1e-9 currency",
    meaning: "Best bid, 0 when none",
  },
  {
    name: "best_ask_price_int",
    type: "i64",
    unit: "1e-9 currency",
    meaning: "Best ask, 0 when none",
  },
  { name: "book_valid", type: "bool", unit: "", meaning: "The book can be trusted" },
] as const satisfies readonly Column[];

/** Place of a field in {@link BIN_HEADER_COLUMNS}. */
export const BIN = {
  TS_NS: 0,
  BIN_SEQ: 1,
  BIN_START_NS: 2,
  BIN_END_NS: 3,
  BIN_EVENT_COUNT: 4,
  EVENT_ID: 5,
  MID_PRICE: 6,
  SPOT_REF: 7,
  BEST_BID: 8,
  BEST_ASK: 9,
  BOOK_VALID: 10,
} as const;

/**
 * The window around spot as it is sent and stored: header, then k, the two forces, masses, depth,
 * velocities, accelerations, jerks, score, state, last event id, and one projected score per horizon.
 *
 * @param rows Rows of the window, 2R + 1.
 * @param horizonsMs Projection horizons in ms, in config order.
 */
export function gridLayout(rows: number, horizonsMs: readonly number[]): Layout {
  return {
    name: "pressure.grid",
    version: 1,
    header: BIN_HEADER_COLUMNS,
    columns: [
      K_COLUMN,
      ENGINE_COLUMNS[ENG.PRESSURE],
      ENGINE_COLUMNS[ENG.VACUUM],
      ...ENGINE_COLUMNS.slice(0, ENG.PRESSURE),
      SCORE_COLUMN,
      STATE_COLUMN,
      LAST_EVENT_COLUMN,
      ...projectionColumns(horizonsMs),
    ],
    rows,
  };
}

/** The full grid of an instrument: row i is the absolute tick `tick_abs_start + i`. */
export function coreLayout(ticks: number): Layout {
  return {
    name: "pressure.core",
    version: 1,
    header: [
      ...BIN_HEADER_COLUMNS.slice(0, 6),
      {
        name: "anchor_tick_idx",
        type: "i53",
        unit: "ticks",
        meaning: "Tick of the middle slot, −1 unset",
      },
      { name: "tick_int", type: "i64", unit: "1e-9 currency", meaning: "Size of a tick" },
      {
        name: "tick_abs_start",
        type: "i53",
        unit: "ticks",
        meaning: "Tick of row 0, 0 when unset",
      },
      { name: "book_valid", type: "bool", unit: "", meaning: "The book can be trusted" },
    ],
    columns: [
      ...ENGINE_COLUMNS,
      { ...LAST_EVENT_COLUMN, meaning: "Event that last touched the tick" },
    ],
    rows: ticks,
  };
}
