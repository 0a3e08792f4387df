import type { Column } from "../layout.ts";
import {
  ADD,
  DEPTH_END,
  DEPTH_REST,
  DEPTH_START,
  differences,
  double,
  EVENT_TIME,
  FILL,
  int,
  long,
  priceInt,
  PULL,
  PULL_REST,
  quantity,
  REL_TICKS,
  SIDE,
  SPOT_REF,
  table,
  type TableLayout,
  WINDOW,
  WINDOW_END,
  WINDOW_VALID,
} from "./table.ts";

const PRODUCT = "silver.future_mbo";
const BY_PRICE = ["window_end_ts_ns", "side", "price_int"];
const BY_WINDOW = ["window_end_ts_ns"];

const PRICE = priceInt("price_int", "Price of the level");
const MID = double("mid_price", "points", "Mean of best bid and ask, 0 unless both are there");
const MID_INT = priceInt("mid_price_int", "The same, halves up; 0 unless both are there");
const BOOK_VALID: Column = {
  name: "book_valid",
  type: "bool",
  unit: "",
  meaning: "The book is whole at the end of the window",
};

/** Best prices and spot of a window. */
export const FUTURE_SNAPSHOT: TableLayout = table(`${PRODUCT}.book_snapshot_1s`, BY_WINDOW, [
  ...WINDOW,
  priceInt("best_bid_price_int", "Best bid at the end of the window, 0 when none"),
  long("best_bid_qty", "contracts", "Resting there"),
  priceInt("best_ask_price_int", "Best ask at the end of the window, 0 when none"),
  long("best_ask_qty", "contracts", "Resting there"),
  MID,
  MID_INT,
  priceInt("last_trade_price_int", "Price of the last trade so far, 0 before the first"),
  SPOT_REF,
  BOOK_VALID,
]);

/** Depth and flow at every level that holds depth or was touched, within 200 ticks of the spot. */
export const FUTURE_DEPTH_FLOW: TableLayout = table(`${PRODUCT}.depth_and_flow_1s`, BY_PRICE, [
  ...WINDOW,
  PRICE,
  SIDE,
  SPOT_REF,
  REL_TICKS,
  int("rel_ticks_side", "ticks", "Price less the best price of the side when the window began"),
  DEPTH_START,
  DEPTH_END,
  ADD,
  PULL,
  DEPTH_REST,
  PULL_REST,
  FILL,
  WINDOW_VALID,
]);

/** The same within 600 ticks, with differences of the depth. */
export const WALL_SURFACE: TableLayout = table(`${PRODUCT}.wall_surface_1s`, BY_PRICE, [
  ...WINDOW,
  PRICE,
  SIDE,
  SPOT_REF,
  REL_TICKS,
  DEPTH_START,
  DEPTH_END,
  ADD,
  PULL,
  DEPTH_REST,
  PULL_REST,
  FILL,
  ...differences("depth_qty", "contracts", "depth_qty_end"),
  WINDOW_VALID,
]);

/** How much liquidity withdraws at every level of the wall. */
export const VACUUM_SURFACE: TableLayout = table(`${PRODUCT}.vacuum_surface_1s`, BY_PRICE, [
  ...WINDOW,
  PRICE,
  SIDE,
  SPOT_REF,
  REL_TICKS,
  double("pull_intensity_rest", "", "Rested quantity withdrawn over depth at the start plus 1"),
  double("pull_add_log", "", "Logarithm of rested quantity withdrawn plus 1 over added plus 1"),
  ...differences("pull_add_log", "", "pull_add_log"),
  double("wall_strength_log", "", "Logarithm of rested depth plus 1, in contracts"),
  double("wall_erosion", "contracts", "Depth lost since the window before, 0 when it grew"),
  double("vacuum_score", "", "Mean of four normalised signs of withdrawal, 0 to 1"),
  WINDOW_VALID,
]);

/** Ease of movement at every level of the wall. */
export const FUTURE_PHYSICS: TableLayout = table(
  `${PRODUCT}.physics_surface_1s`,
  ["window_end_ts_ns", "side", "rel_ticks"],
  [
    WINDOW_END,
    EVENT_TIME,
    SPOT_REF,
    REL_TICKS,
    SIDE,
    double("physics_score", "", "Ease of moving through the level, 0 to 1"),
    double(
      "physics_score_signed",
      "",
      "The same: asks above the spot +, bids below it −, others 0",
    ),
  ],
);

const DIRECTIONS = { above: "asks above", below: "bids below" } as const;
const BANDS = {
  at: "0 to 2 ticks",
  near: "3 to 5 ticks",
  mid: "6 to 14 ticks",
  far: "15 to 20 ticks",
} as const;

function bandColumns(): readonly Column[] {
  return Object.entries(DIRECTIONS).flatMap(([direction, whose]) =>
    Object.entries(BANDS).flatMap(([band, distance]) => {
      const where = `${whose} the spot by ${distance}, 0 without rows`;
      return [
        double(`${direction}_${band}_wall_strength_norm`, "", `Strength of ${where}; 0 to 1`),
        double(`${direction}_${band}_wall_erosion_norm`, "", `Erosion of ${where}; 0 to 1`),
        double(`${direction}_${band}_vacuum_norm`, "", `Vacuum of ${where}; 0 to 1`),
      ];
    })
  );
}

/** The physics of a window in bands of distance from the spot. */
export const PHYSICS_BANDS: TableLayout = table(`${PRODUCT}.physics_bands_1s`, BY_WINDOW, [
  ...WINDOW,
  SPOT_REF,
  MID,
  MID_INT,
  ...bandColumns(),
  double("above_score", "", "Ease upwards: 0.6 of the band at, 0.4 of the band near; 0 to 1"),
  double("below_score", "", "Ease downwards, likewise"),
  double("vacuum_total_score", "", "Mean of both"),
]);

/** Obstacles around the spot in buckets of two ticks. */
export const BUCKET_RADAR: TableLayout = table(
  `${PRODUCT}.bucket_radar_surface_1s`,
  ["window_end_ts_ns", "bucket_rel"],
  [
    ...WINDOW,
    int("bucket_rel", "buckets", "Buckets of two ticks from the one of the spot"),
    int("blocked_level", "", "Blocked, 0 to 5"),
    double("cavitation", "", "Vacuum of the bucket to the power of 1.5, 0 to 1"),
    double("gex_stiffness", "", "Gamma exposure of a strike in it, normalised; 0 without a strike"),
    double("mobility", "", "1 less what blocks, 0 to 1"),
    SPOT_REF,
  ],
);

/** What came in a window and how good it is. */
export const WINDOW_STATS: TableLayout = table(`${PRODUCT}.window_stats_1s`, BY_WINDOW, [
  WINDOW_END,
  priceInt("strike_ref_price_int", "Strike nearest to the spot, ties upward; 0 without a spot"),
  long("event_count", "records", "Records applied"),
  long("add_count", "records", "Of these, adds"),
  long("cancel_count", "records", "Of these, cancels"),
  long("modify_count", "records", "Of these, modifies"),
  long("trade_count", "records", "Of these, trades"),
  quantity("trade_qty_buy", "Traded by buying aggressors"),
  quantity("trade_qty_sell", "Traded by selling aggressors"),
  priceInt("vwap_price_int", "Mean price traded by quantity, halves up; 0 without a trade"),
  priceInt("high_price_int", "Highest price traded, 0 without a trade"),
  priceInt("low_price_int", "Lowest price traded, 0 without a trade"),
  double("microprice", "points", "Mid weighted by the other side's size, 0 unless both are there"),
  int("late_event_count", "records", "Of all inputs, those of a window before"),
  int("ghost_count", "records", "Of unknown orders, and adds of known ones"),
  int("unmatched_fill_count", "orders", "Fills that no cancel followed, or larger than the order"),
  int("bad_book_count", "records", "Flagged as maybe of a bad book"),
  int("rejected_count", "records", "Refused: price, size or side that cannot be"),
  int("undefined_instrument_count", "records", "Of all inputs, those without a definition"),
  WINDOW_VALID,
  int(
    "quality",
    "",
    "Bit set: 1 snapshot, 2 maybe bad book, 4 crossed, 8 late records, 16 no option book, " +
      "32 bootstrap calibration, 64 generated data",
  ),
]);

/** Liquidity velocity at every level of depth and flow. */
export const FUTURE_VELOCITY: TableLayout = table(
  "gold.future_mbo.physics_surface_1s",
  ["window_end_ts_ns", "side", "rel_ticks"],
  [
    WINDOW_END,
    EVENT_TIME,
    SPOT_REF,
    REL_TICKS,
    int("rel_ticks_side", "ticks", "Price less the best price of the side when the window began"),
    SIDE,
    double("add_intensity", "", "Added over depth at the start plus 1, per window"),
    double("fill_intensity", "", "Executed over depth at the start plus 1, per window"),
    double("pull_intensity", "", "Withdrawn over depth at the start plus 1, per window"),
    double("liquidity_velocity", "", "add_intensity less pull_intensity and fill_intensity"),
  ],
);

const EMAS: readonly Column[] = [2, 8, 32, 128].map((windows) =>
  double(`u_ema_${windows}`, "", `Mean of liquidity velocity, decaying over ${windows} windows`)
);

/** Liquidity velocity over several stretches of time and price, at every tick within 200 of the spot. */
export const PHYSICS_FIELDS: TableLayout = table(
  "gold.future_mbo.physics_fields_1s",
  ["window_end_ts_ns", "side", "rel_ticks"],
  [
    WINDOW_END,
    SPOT_REF,
    REL_TICKS,
    SIDE,
    ...EMAS,
    double("u_wave_energy", "", "Root of the sum of squares of the means' successive differences"),
    double("du_dt", "1/s", "Change of u_ema_2"),
    double("d2u_dt2", "1/s²", "Change of du_dt"),
    double("rho", "", "Logarithm of depth at the end plus 1, in contracts"),
    double("phi_rest", "", "Rested part of the depth: over depth at the end plus 1"),
    double("u_p", "", "phi_rest times u_ema_8"),
    double("u_p_slow", "", "phi_rest times u_ema_32"),
    double("omega", "", "Obstacle: depth, the more the longer it rests and the more it builds"),
    double("u_near", "", "u_ema_8 smoothed along ticks, σ 6"),
    double("u_far", "", "u_ema_8 smoothed along ticks, σ 24"),
    double("omega_near", "", "omega smoothed along ticks, σ 6"),
    double("omega_far", "", "omega smoothed along ticks, σ 24"),
    double("u_prom", "", "u_near less u_far"),
    double("omega_prom", "", "omega_near less omega_far"),
    double("du_dx", "1/ticks", "Slope of u_near along ticks, 0 at the borders"),
    double("d2u_dx2", "1/ticks²", "Curvature of u_near along ticks, 0 at the borders"),
    double("nu", "", "Viscosity: 1 plus omega_near plus twice what stands out of it"),
    double("kappa", "", "1 over nu"),
    double("pressure_grad", "", "u_p of a bid, its negative of an ask"),
  ],
);
