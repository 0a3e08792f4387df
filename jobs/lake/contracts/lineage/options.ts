import { differencesOf, from, type Lineage, same, type TableLineage, windowOf } from "./lineage.ts";

const BOOK = "omb.action omb.side omb.price omb.size omb.order_id omb.flags omb.instrument_id";
const WINDOW = windowOf("omb.ts_event");
const WINDOW_END = from(
  "omb.ts_event",
  "Whole seconds of the exchange time, rounded down.",
  "Plus one second.",
);
const EVENT_TIME = from("omb.ts_event", "End of the window.");
const STRIKE_REF = same("stats.strike_ref_price_int");
const STRIKE_POINTS = from("omb.strike", "Times 1e-9.");
const REL_TICKS = from("omb.strike stats.strike_ref_price_int", "Difference over the tick.");

function booked(...steps: readonly string[]): Lineage {
  return from(BOOK, "A book per option; fills are attributed to their cancels.", ...steps);
}

/** Best prices by option. */
export const OPTION_SNAPSHOT_LINEAGE: TableLineage = {
  ...WINDOW,
  instrument_id: same("omb.instrument_id"),
  right: same("omb.right"),
  strike_price_int: same("omb.strike"),
  bid_price_int: booked("Highest bid at the end of the window."),
  ask_price_int: booked("Lowest ask at the end of the window."),
  mid_price: from("osnap.bid_price_int osnap.ask_price_int", "Mean.", "Times 1e-9."),
  mid_price_int: from("osnap.bid_price_int osnap.ask_price_int", "Mean."),
  spot_ref_price_int: STRIKE_REF,
  book_valid: from("omb.flags omb.action", "As of the future's book, option by option."),
};

const SUM = "Summed over options and premiums of strike, right and side.";

/** Depth and flow by strike. */
export const OPTION_DEPTH_FLOW_LINEAGE: TableLineage = {
  ...WINDOW,
  strike_price_int: from(
    "omb.strike stats.strike_ref_price_int",
    "The nearest multiple of 5 points, ties up; within 10 of them of the middle one.",
  ),
  strike_points: STRIKE_POINTS,
  right: same("omb.right"),
  side: same("omb.side"),
  spot_ref_price_int: STRIKE_REF,
  rel_ticks: REL_TICKS,
  depth_qty_start: from(
    "oflow.depth_qty_end oflow.add_qty oflow.pull_qty_total oflow.fill_qty",
    "Depth at the end less added plus withdrawn and executed, not below 0.",
  ),
  depth_qty_end: booked("Resting at the end of the window.", SUM),
  add_qty: booked("Added in the window.", SUM),
  pull_qty_total: booked("Withdrawn in the window.", SUM),
  pull_qty_rest: booked("Withdrawn from orders there for 500 ms or longer.", SUM),
  fill_qty: booked("Executed in the window.", SUM),
  window_valid: from(
    "snap.book_valid snap.spot_ref_price_int osnap.book_valid",
    "Spot known, book of the future and that of at least one option whole.",
  ),
};

const OPTION_FLOW: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  instrument_id: same("omb.instrument_id"),
  side: same("omb.side"),
  price_int: same("omb.price"),
  add_qty: booked("Added at the premium in the window."),
  pull_qty: booked("Withdrawn there in the window."),
  fill_qty: booked("Executed there in the window."),
};

/** Depth and flow by option and premium. */
export const OPTION_WALL_LINEAGE: TableLineage = {
  ...OPTION_FLOW,
  depth_total: booked("Resting there at the end of the window."),
  pull_rest_qty: booked("Withdrawn there from orders of 500 ms or longer."),
};

/** Flow by option and premium. */
export const OPTION_FLOW_LINEAGE: TableLineage = OPTION_FLOW;

const STRIKE_ROW: TableLineage = {
  ...WINDOW,
  underlying: from("omb.underlying", "Root of the symbol."),
  strike_price_int: from(
    "stats.strike_ref_price_int",
    "Every multiple of 5 points within 60 of the middle one.",
  ),
  spot_ref_price_int: STRIKE_REF,
  rel_ticks: from("stats.strike_ref_price_int", "Strike less the middle one, over the tick."),
  strike_points: from("stats.strike_ref_price_int", "Strike times 1e-9."),
};

const EXPOSURE = "greeks.gamma greeks.open_interest greeks.strike_price_int";
const BY_STRIKE = "Gamma times open interest times 50, summed by strike.";

/** Gamma exposure by strike. */
export const GEX_SURFACE_LINEAGE: TableLineage = {
  ...STRIKE_ROW,
  underlying_spot_ref: from("snap.spot_ref_price_int", "Times 1e-9."),
  gex_call_abs: from(EXPOSURE, BY_STRIKE, "Calls."),
  gex_put_abs: from(EXPOSURE, BY_STRIKE, "Puts."),
  gex_abs: from("gex.gex_call_abs gex.gex_put_abs", "Sum."),
  gex: from("gex.gex_call_abs gex.gex_put_abs", "First less second."),
  gex_imbalance_ratio: from("gex.gex gex.gex_abs", "First over second plus 1e-6."),
  ...differencesOf("gex_abs", "gex.gex_abs"),
  ...differencesOf("gex", "gex.gex"),
  ...differencesOf("gex_imbalance_ratio", "gex.gex_imbalance_ratio"),
};

const OPTION_SUM = "Summed over options, sides and premiums of the strike.";
const NORM = "Held to its quantiles, 0 to 1.";

/** Flow by strike. */
export const GEX_FLOW_LINEAGE: TableLineage = {
  ...STRIKE_ROW,
  add_qty_sum: from("owall.add_qty defs.strike_price", OPTION_SUM),
  pull_qty_sum: from("owall.pull_qty defs.strike_price", OPTION_SUM),
  fill_qty_sum: from("owall.fill_qty defs.strike_price", OPTION_SUM),
  flow_abs: from("gflow.add_qty_sum gflow.pull_qty_sum gflow.fill_qty_sum", "Sum."),
  flow_reinforce: from(
    "gflow.add_qty_sum gflow.pull_qty_sum gflow.fill_qty_sum",
    "First less the others.",
  ),
  flow_abs_norm: from("gflow.flow_abs cal.q05 cal.q95", NORM),
  flow_reinforce_norm: from("gflow.flow_reinforce cal.q05 cal.q95", NORM),
  pull_rest_qty_sum: from("owall.pull_rest_qty defs.strike_price", OPTION_SUM),
  depth_total_sum: from("owall.depth_total defs.strike_price", OPTION_SUM),
  pull_rest_intensity: from(
    "gflow.pull_rest_qty_sum gflow.depth_total_sum",
    "First over second plus 1.",
  ),
  pull_rest_intensity_norm: from("gflow.pull_rest_intensity cal.q05 cal.q95", NORM),
};

const MODEL = "greeks.iv greeks.t_years greeks.strike_price_int greeks.right " +
  "snap.best_bid_price_int snap.best_ask_price_int snap.spot_ref_price_int";

function greek(what: string): Lineage {
  return from(MODEL, "Black-76 on the mid of the future at 5 %.", what);
}

const IV: Lineage = from(
  "osnap.bid_price_int osnap.ask_price_int osnap.book_valid greeks.t_years " +
    "snap.best_bid_price_int snap.best_ask_price_int",
  "Solved from the mid of the option out of the money.",
  "Without a usable quote carried up to 5 s, then read off the smile of the others.",
);
const IV_SOURCE = from("osnap.bid_price_int osnap.ask_price_int", "Which of these ways it was.");
const STALE = from("osnap.bid_price_int osnap.ask_price_int", "Windows since it was solved.");
const YEARS = from(
  "defs.expiration omb.ts_event",
  "End of trading less the end of the window, over 365 days.",
);

/** Volatility and greeks by option. */
export const GREEKS_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  instrument_id: same("defs.instrument_id"),
  strike_price_int: same("defs.strike_price"),
  right: same("defs.instrument_class"),
  mid_price_int: same("osnap.mid_price_int"),
  t_years: YEARS,
  iv: IV,
  iv_source: IV_SOURCE,
  delta: greek("First derivative by the future."),
  gamma: greek("Second derivative by the future."),
  vega: greek("Derivative by the volatility."),
  theta_day: greek("Derivative by time over 365."),
  vanna: greek("Derivative of delta by the volatility."),
  charm_day: greek("Derivative of delta by time over 365."),
  open_interest: from("oi.open_interest oi.option_symbol defs.raw_symbol", "0 where unknown."),
  stale_s: STALE,
};

const DEN = "Over depth at the start plus 1.";

/** Liquidity velocity by strike, right and side. */
export const OPTION_VELOCITY_LINEAGE: TableLineage = {
  window_end_ts_ns: same("oflow.window_end_ts_ns"),
  event_ts_ns: EVENT_TIME,
  spot_ref_price_int: same("oflow.spot_ref_price_int"),
  strike_price_int: same("oflow.strike_price_int"),
  strike_points: same("oflow.strike_points"),
  rel_ticks: same("oflow.rel_ticks"),
  right: same("oflow.right"),
  side: same("oflow.side"),
  add_intensity: from("oflow.add_qty oflow.depth_qty_start", DEN),
  fill_intensity: from("oflow.fill_qty oflow.depth_qty_start", DEN),
  pull_intensity: from("oflow.pull_qty_total oflow.depth_qty_start", DEN),
  liquidity_velocity: from(
    "ovel.add_intensity ovel.pull_intensity ovel.fill_intensity",
    "First less the others.",
  ),
};

/** Liquidity velocity by strike. */
export const NET_VELOCITY_LINEAGE: TableLineage = {
  window_end_ts_ns: same("ovel.window_end_ts_ns"),
  spot_ref_price_int: same("ovel.spot_ref_price_int"),
  strike_price_int: same("ovel.strike_price_int"),
  rel_ticks: same("ovel.rel_ticks"),
  liquidity_velocity: from(
    "ovel.liquidity_velocity",
    "Summed over rights and sides of the strike.",
  ),
};

const TOTAL = "Gamma times open interest times 50 over all options with a volatility.";
const CHAIN = "greeks.gamma greeks.open_interest greeks.right";
const ZERO = from(
  "greeks.iv greeks.open_interest greeks.strike_price_int greeks.t_years",
  "Calls less puts at prices around the future in steps of a point, volatilities unchanged.",
  "Nearest change of sign, interpolated; none where there is none.",
);

function wall(column: string, what: string): Lineage {
  return from(`${column} gex.strike_price_int`, what, "None where all are 0.");
}

/** Gamma exposure of the chain. */
export const GEX_SUMMARY_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  gex_total: from(CHAIN, TOTAL, "Calls less puts."),
  gex_call_total: from(CHAIN, TOTAL, "Calls."),
  gex_put_total: from(CHAIN, TOTAL, "Puts."),
  gex_usd_1pct: from(
    "sum.gex_total snap.best_bid_price_int snap.best_ask_price_int",
    "Times the square of the future's price in points times 0.01.",
  ),
  zero_gamma_price_int: ZERO,
  call_wall_strike_int: wall("gex.gex_call_abs", "Strike at or above the future with the most."),
  put_wall_strike_int: wall("gex.gex_put_abs", "Strike at or below the future with the most."),
  max_abs_strike_int: wall("gex.gex_abs", "Strike with the most."),
  gex_tilt: from(
    "gex.gex_abs gex.strike_price_int",
    "Above the future less below it, over their sum plus 1e-6.",
  ),
  atm_iv: from("greeks.iv greeks.strike_price_int", "The smile at the future."),
  skew_25d: from("greeks.iv greeks.delta", "Put less call of delta 0.25, linear between strikes."),
};

/** What bids and asks leave open of zero gamma. */
export const ZERO_GAMMA_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  zero_gamma_price_int: same("sum.zero_gamma_price_int"),
  zero_gamma_low_int: from(
    "osnap.bid_price_int osnap.ask_price_int greeks.open_interest",
    "Zero gamma by the volatilities of bids, of mids and of asks.",
    "Least of the three.",
  ),
  zero_gamma_high_int: from(
    "osnap.bid_price_int osnap.ask_price_int greeks.open_interest",
    "Zero gamma by the volatilities of bids, of mids and of asks.",
    "Greatest of the three.",
  ),
};

const POSITION = "Positions by the assumption: of open interest, or of what customers traded.";
const HELD = "greeks.open_interest greeks.right omb.size omb.side omb.action";

function exposure(column: string): Lineage {
  return from(`${HELD} ${column}`, POSITION, "Times the greek times 50, summed by strike.");
}

/** Exposure by strike and assumption. */
export const EXPOSURE_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  spot_ref_price_int: STRIKE_REF,
  strike_price_int: same("greeks.strike_price_int"),
  rel_ticks: from(
    "greeks.strike_price_int stats.strike_ref_price_int",
    "Difference over the tick.",
  ),
  assumption: from("", "One row for each."),
  call_position: from(HELD, POSITION, "Calls of the strike."),
  put_position: from(HELD, POSITION, "Puts of the strike."),
  gamma_exposure: exposure("greeks.gamma"),
  delta_exposure: exposure("greeks.delta"),
  vanna_exposure: exposure("greeks.vanna"),
  charm_exposure: exposure("greeks.charm_day"),
};

/** Gamma exposure by price. */
export const GEX_PROFILE_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  spot_ref_price_int: STRIKE_REF,
  price_int: from("stats.strike_ref_price_int", "Within 150 points of it in steps of 5."),
  rel_ticks: from("stats.strike_ref_price_int", "Price less it, over the tick."),
  gex_total: from(
    "greeks.iv greeks.open_interest greeks.strike_price_int greeks.t_years greeks.right",
    TOTAL,
    "At that price of the future, volatilities unchanged.",
  ),
};

/** Volatility and open interest by strike. */
export const SMILE_LINEAGE: TableLineage = {
  window_end_ts_ns: WINDOW_END,
  strike_price_int: same("greeks.strike_price_int"),
  iv: same("greeks.iv"),
  iv_source: same("greeks.iv_source"),
  stale_s: same("greeks.stale_s"),
  call_open_interest: from("greeks.open_interest greeks.right", "Calls of the strike."),
  put_open_interest: from("greeks.open_interest greeks.right", "Puts of the strike."),
  t_years: same("greeks.t_years"),
  future_price_int: from(
    "snap.best_bid_price_int snap.best_ask_price_int snap.spot_ref_price_int",
    "Mid of the future where its book is whole, else its spot.",
  ),
};

const METRICS = "vac.pull_add_log vac.pull_intensity_rest vac.wall_erosion vac.d2_pull_add_log " +
  "vac.wall_strength_log gex.gex_abs gflow.flow_abs gflow.flow_reinforce gflow.pull_rest_intensity";

/** Quantiles of earlier sessions. */
export const CALIBRATION_LINEAGE: TableLineage = {
  metric_name: from("", "One row for each value that is normalised."),
  q05: from(METRICS, "Quantile of all rows of earlier sessions, linear between values."),
  q95: from(METRICS, "Quantile of all rows of earlier sessions, linear between values."),
  lookback_sessions: from("snap.window_end_ts_ns", "Number of earlier sessions."),
  session_window: from("", "Stretch of each session."),
  asof_dt: from("", "Date of the session."),
};
