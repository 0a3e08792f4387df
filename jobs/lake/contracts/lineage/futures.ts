import { differencesOf, from, type Lineage, same, type TableLineage, windowOf } from "./lineage.ts";

const BOOK = "mbo.action mbo.side mbo.price mbo.size mbo.order_id mbo.flags";
const WINDOW = windowOf("mbo.ts_event");
const FROM_SNAPSHOT: TableLineage = {
  window_start_ts_ns: same("snap.window_start_ts_ns"),
  window_end_ts_ns: same("snap.window_end_ts_ns"),
};
const EVENT_TIME = from("snap.window_end_ts_ns", "End of the window.");

/** Orders of a book at work: every column of depth and flow begins so. */
function booked(...steps: readonly string[]): Lineage {
  return from(BOOK, "Orders are kept by their ids, fills attributed to their cancels.", ...steps);
}

const SPOT = booked(
  "The last trade where it is a level of the book when the window begins, else the nearer best price.",
);

/** Best prices and spot. */
export const FUTURE_SNAPSHOT_LINEAGE: TableLineage = {
  ...WINDOW,
  best_bid_price_int: booked("Highest bid at the end of the window."),
  best_bid_qty: booked("Sum of the sizes there."),
  best_ask_price_int: booked("Lowest ask at the end of the window."),
  best_ask_qty: booked("Sum of the sizes there."),
  mid_price: from("snap.best_bid_price_int snap.best_ask_price_int", "Mean.", "Times 1e-9."),
  mid_price_int: from("snap.best_bid_price_int snap.best_ask_price_int", "Mean, halves up."),
  last_trade_price_int: from("mbo.price mbo.action", "Price of the last trade, carried."),
  spot_ref_price_int: SPOT,
  book_valid: from(
    "mbo.flags mbo.action",
    "False from a clear or a record of a bad book on.",
    "True again when a snapshot closes.",
  ),
};

const LEVEL: TableLineage = {
  ...WINDOW,
  price_int: booked("Levels with depth at the end, and those that were touched."),
  side: same("mbo.side"),
  spot_ref_price_int: same("snap.spot_ref_price_int"),
  rel_ticks: from("mbo.price snap.spot_ref_price_int", "Difference over the tick."),
  depth_qty_start: booked("Resting when the window began."),
  depth_qty_end: booked("Resting when it ended."),
  add_qty: booked("Sum of what was added in the window; snapshots add nothing."),
  pull_qty_total: booked("Sum of what was withdrawn in the window."),
  depth_qty_rest: booked("Resting at the end in orders at their price for 500 ms or longer."),
  pull_qty_rest: booked("Sum of what was withdrawn from orders there for 500 ms or longer."),
  fill_qty: booked("Sum of what was executed in the window."),
  window_valid: from(
    "mbo.flags snap.book_valid snap.spot_ref_price_int snap.best_bid_price_int",
    "Whole and uncrossed at the end, no snapshot in the window, spot known when it began.",
  ),
};

const SIDE_ANCHOR = from(
  "mbo.price snap.best_bid_price_int snap.best_ask_price_int",
  "Less the best price of the side when the window began, over the tick.",
);

/** Depth and flow by level. */
export const FUTURE_DEPTH_FLOW_LINEAGE: TableLineage = { ...LEVEL, rel_ticks_side: SIDE_ANCHOR };

/** The same farther out, with differences. */
export const WALL_LINEAGE: TableLineage = {
  ...LEVEL,
  ...differencesOf("depth_qty", "wall.depth_qty_end"),
};

const ROW_OF_WALL: TableLineage = Object.fromEntries(
  [
    "window_start_ts_ns",
    "window_end_ts_ns",
    "price_int",
    "side",
    "spot_ref_price_int",
    "rel_ticks",
    "window_valid",
  ].map((name) => [name, same(`wall.${name}`)]),
);

/** Withdrawal by level. */
export const VACUUM_LINEAGE: TableLineage = {
  ...ROW_OF_WALL,
  pull_intensity_rest: from(
    "wall.pull_qty_rest wall.depth_qty_start",
    "Over depth at the start plus 1.",
  ),
  pull_add_log: from("wall.pull_qty_rest wall.add_qty", "Logarithm of (a + 1) / (b + 1)."),
  ...differencesOf("pull_add_log", "vac.pull_add_log"),
  wall_strength_log: from("wall.depth_qty_rest", "Logarithm of it plus 1."),
  wall_erosion: from("wall.d1_depth_qty", "Negated, 0 where the depth grew."),
  vacuum_score: from(
    "vac.pull_add_log vac.pull_intensity_rest vac.wall_erosion vac.d2_pull_add_log " +
      "wall.depth_qty_start cal.q05 cal.q95",
    "Each held to its quantiles, 0 to 1.",
    "Mean of the four.",
  ),
};

const SCORE = "vac.vacuum_score vac.wall_erosion vac.wall_strength_log wall.depth_qty_start " +
  "cal.q05 cal.q95";

/** Ease of movement by level. */
export const FUTURE_PHYSICS_LINEAGE: TableLineage = {
  window_end_ts_ns: same("wall.window_end_ts_ns"),
  event_ts_ns: EVENT_TIME,
  spot_ref_price_int: same("wall.spot_ref_price_int"),
  rel_ticks: same("wall.rel_ticks"),
  side: same("wall.side"),
  physics_score: from(SCORE, "0.50 vacuum, 0.35 erosion, 0.15 of what a wall lacks."),
  physics_score_signed: from(
    `${SCORE} wall.rel_ticks wall.side`,
    "+ for asks above the spot, − for bids below it, else 0.",
  ),
};

function bandsOf(): TableLineage {
  const columns: [string, Lineage][] = [];
  for (const direction of ["above", "below"]) {
    for (const band of ["at", "near", "mid", "far"]) {
      const mean = "Mean over the rows of direction and band, 0 without rows.";
      const norm = "Held to its quantiles, 0 to 1.";
      columns.push(
        [
          `${direction}_${band}_wall_strength_norm`,
          from("vac.wall_strength_log vac.rel_ticks cal.q05 cal.q95", mean, norm),
        ],
        [
          `${direction}_${band}_wall_erosion_norm`,
          from(
            "vac.wall_erosion wall.depth_qty_start vac.rel_ticks cal.q05 cal.q95",
            "Logarithm of erosion over depth at the start plus 1, plus 1.",
            mean,
            norm,
          ),
        ],
        [`${direction}_${band}_vacuum_norm`, from("vac.vacuum_score vac.rel_ticks", mean)],
      );
    }
  }
  return Object.fromEntries(columns);
}

/** Physics in bands. */
export const PHYSICS_BANDS_LINEAGE: TableLineage = {
  ...FROM_SNAPSHOT,
  spot_ref_price_int: same("snap.spot_ref_price_int"),
  mid_price: same("snap.mid_price"),
  mid_price_int: same("snap.mid_price_int"),
  ...bandsOf(),
  above_score: from(SCORE, "Ease of the band at by 0.6, of the band near by 0.4; asks above."),
  below_score: from(SCORE, "Ease of the band at by 0.6, of the band near by 0.4; bids below."),
  vacuum_total_score: from(SCORE, "Mean of above_score and below_score."),
};

const BUCKET = "vac.wall_strength_log vac.vacuum_score gex.gex_abs cal.q05 cal.q95";

/** Obstacles in buckets. */
export const BUCKET_RADAR_LINEAGE: TableLineage = {
  ...FROM_SNAPSHOT,
  bucket_rel: from(
    "vac.price_int snap.spot_ref_price_int",
    "Half of the tick, rounded down, less the spot's.",
  ),
  blocked_level: from(
    BUCKET,
    "Mass plus stiffness, held to 1, times what is no vacuum.",
    "Times 5, rounded half to even.",
  ),
  cavitation: from("vac.vacuum_score", "Mean of the bucket to the power of 1.5."),
  gex_stiffness: from("gex.gex_abs cal.q95", "Over its 95 % quantile plus 1, 0 to 1."),
  mobility: from(BUCKET, "1 less mass plus stiffness, held to 1, times what is no vacuum."),
  spot_ref_price_int: same("snap.spot_ref_price_int"),
};

function counted(what: string): Lineage {
  return from("mbo.action mbo.flags", `Number of ${what} in the window.`);
}

/** What came in a window. */
export const WINDOW_STATS_LINEAGE: TableLineage = {
  window_end_ts_ns: same("snap.window_end_ts_ns"),
  strike_ref_price_int: from("snap.spot_ref_price_int", "Nearest multiple of 5 points, ties up."),
  event_count: counted("records that were applied"),
  add_count: counted("adds"),
  cancel_count: counted("cancels"),
  modify_count: counted("modifies"),
  trade_count: counted("trades"),
  trade_qty_buy: from("mbo.size mbo.side mbo.action", "Sum over trades of buying aggressors."),
  trade_qty_sell: from("mbo.size mbo.side mbo.action", "Sum over trades of selling aggressors."),
  vwap_price_int: from("mbo.price mbo.size mbo.action", "Mean over trades by size, halves up."),
  high_price_int: from("mbo.price mbo.action", "Highest of trades."),
  low_price_int: from("mbo.price mbo.action", "Lowest of trades."),
  microprice: from(
    "snap.best_bid_price_int snap.best_bid_qty snap.best_ask_price_int snap.best_ask_qty",
    "Mean weighted by the other side's quantity.",
    "Times 1e-9.",
  ),
  late_event_count: from("mbo.ts_event omb.ts_event", "Number of records of a window before."),
  ghost_count: from("mbo.order_id mbo.action", "Number of unknown orders, and adds of known ones."),
  unmatched_fill_count: from(
    "mbo.order_id mbo.action mbo.size",
    "Orders whose fill no cancel follows.",
  ),
  bad_book_count: counted("records flagged as maybe of a bad book"),
  rejected_count: from("mbo.price mbo.size mbo.side", "Number of records that cannot be."),
  undefined_instrument_count: from(
    "mbo.instrument_id omb.instrument_id",
    "Records without a definition.",
  ),
  window_valid: same("flow.window_valid"),
  quality: from(
    "mbo.flags snap.best_bid_price_int snap.best_ask_price_int osnap.book_valid",
    "Bits set.",
  ),
};

const DEN = "Over depth at the start plus 1.";

/** Liquidity velocity by level. */
export const FUTURE_VELOCITY_LINEAGE: TableLineage = {
  window_end_ts_ns: same("flow.window_end_ts_ns"),
  event_ts_ns: from("flow.window_end_ts_ns", "End of the window."),
  spot_ref_price_int: same("flow.spot_ref_price_int"),
  rel_ticks: same("flow.rel_ticks"),
  rel_ticks_side: same("flow.rel_ticks_side"),
  side: same("flow.side"),
  add_intensity: from("flow.add_qty flow.depth_qty_start", DEN),
  fill_intensity: from("flow.fill_qty flow.depth_qty_start", DEN),
  pull_intensity: from("flow.pull_qty_total flow.depth_qty_start", DEN),
  liquidity_velocity: from(
    "fvel.add_intensity fvel.pull_intensity fvel.fill_intensity",
    "First less the others.",
  ),
};

const U = "fvel.liquidity_velocity";
const SMOOTH = "Gaussian mean along ticks, renormalised at the borders.";

function emas(): TableLineage {
  return Object.fromEntries(
    [2, 8, 32, 128].map((windows) => [
      `u_ema_${windows}`,
      from(U, "0 where the level has no row.", `Exponential mean over ${windows} windows by tick.`),
    ]),
  );
}

/** Liquidity velocity over several stretches of time and price. */
export const PHYSICS_FIELDS_LINEAGE: TableLineage = {
  window_end_ts_ns: same("fvel.window_end_ts_ns"),
  spot_ref_price_int: same("fvel.spot_ref_price_int"),
  rel_ticks: from("snap.spot_ref_price_int", "Every tick within 200 of the spot."),
  side: from("", "Both sides at every tick."),
  ...emas(),
  u_wave_energy: from(
    "fields.u_ema_2 fields.u_ema_8 fields.u_ema_32 fields.u_ema_128",
    "Successive differences; root of the sum of their squares.",
  ),
  du_dt: from("fields.u_ema_2", "Less that of one window earlier."),
  d2u_dt2: from("fields.du_dt", "Less that of one window earlier."),
  rho: from("flow.depth_qty_end", "Logarithm of it plus 1."),
  phi_rest: from("flow.depth_qty_rest flow.depth_qty_end", "First over second plus 1."),
  u_p: from("fields.phi_rest fields.u_ema_8", "Product."),
  u_p_slow: from("fields.phi_rest fields.u_ema_32", "Product."),
  omega: from(
    "fields.rho fields.phi_rest fields.u_p_slow",
    "rho × (0.5 + 0.5 phi_rest) × (1 + u_p_slow where it is positive).",
  ),
  u_near: from("fields.u_ema_8", SMOOTH, "σ 6, 16 ticks to either side."),
  u_far: from("fields.u_ema_8", SMOOTH, "σ 24, 64 ticks to either side."),
  omega_near: from("fields.omega", SMOOTH, "σ 6, 16 ticks to either side."),
  omega_far: from("fields.omega", SMOOTH, "σ 24, 64 ticks to either side."),
  u_prom: from("fields.u_near fields.u_far", "First less second."),
  omega_prom: from("fields.omega_near fields.omega_far", "First less second."),
  du_dx: from("fields.u_near", "Half of the difference of both neighbours."),
  d2u_dx2: from("fields.u_near", "Sum of both neighbours less twice the value."),
  nu: from("fields.omega_near fields.omega_prom", "1 + first + twice second where it is positive."),
  kappa: from("fields.nu", "1 over it."),
  pressure_grad: from("fields.u_p fvel.side", "u_p of a bid, its negative of an ask."),
};
