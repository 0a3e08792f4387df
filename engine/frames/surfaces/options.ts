import type { Column } from "../layout.ts";
import {
  ADD,
  code,
  DEPTH_END,
  DEPTH_START,
  differences,
  double,
  doubleOrNone,
  EVENT_TIME,
  FILL,
  INSTRUMENT_ID,
  int,
  long,
  priceInt,
  PULL,
  PULL_REST,
  quantity,
  RIGHT,
  SIDE,
  STRIKE,
  STRIKE_POINTS,
  STRIKE_REF,
  STRIKE_REL_TICKS,
  STRIKE_SIDE,
  table,
  type TableLayout,
  text,
  WINDOW,
  WINDOW_END,
  WINDOW_VALID,
} from "./table.ts";

const PRODUCT = "silver.future_option_mbo";
const BY_STRIKE = ["window_end_ts_ns", "strike_price_int"];
const BY_STRIKE_AND_SIDE = [...BY_STRIKE, "right", "side"];
const BY_OPTION_PRICE = ["window_end_ts_ns", "instrument_id", "side", "price_int"];

/** Where the volatility of a strike comes from; its code is its place here. */
export const IV_SOURCES = ["solved", "smile", "carried", "none"] as const;

/** Best prices of every option whose book has two sides. */
export const OPTION_SNAPSHOT: TableLayout = table(
  `${PRODUCT}.book_snapshot_1s`,
  ["window_end_ts_ns", "instrument_id"],
  [
    ...WINDOW,
    INSTRUMENT_ID,
    RIGHT,
    STRIKE,
    priceInt("bid_price_int", "Best bid at the end of the window"),
    priceInt("ask_price_int", "Best ask at the end of the window"),
    double("mid_price", "points", "Mean of best bid and ask"),
    double("mid_price_int", "1e-9 points", "The same, which may end in a half"),
    STRIKE_REF,
    {
      name: "book_valid",
      type: "bool",
      unit: "",
      meaning: "The option's book is whole at the end of the window",
    },
  ],
);

/** Depth and flow of the options by strike, right and side, on 21 strikes around the spot. */
export const OPTION_DEPTH_FLOW: TableLayout = table(
  `${PRODUCT}.depth_and_flow_1s`,
  BY_STRIKE_AND_SIDE,
  [
    ...WINDOW,
    STRIKE,
    STRIKE_POINTS,
    RIGHT,
    STRIKE_SIDE,
    STRIKE_REF,
    STRIKE_REL_TICKS,
    DEPTH_START,
    DEPTH_END,
    ADD,
    PULL,
    PULL_REST,
    FILL,
    WINDOW_VALID,
  ],
);

const PREMIUM = priceInt("price_int", "Premium of the level");
const ADD_COUNT = long("add_qty", "contracts", "Added at the premium in the window");
const PULL_COUNT = long("pull_qty", "contracts", "Withdrawn there, not executed");
const FILL_COUNT = long("fill_qty", "contracts", "Executed there against resting orders");

/** Depth and flow of every option at every premium. */
export const OPTION_WALL: TableLayout = table(`${PRODUCT}.book_wall_1s`, BY_OPTION_PRICE, [
  WINDOW_END,
  INSTRUMENT_ID,
  SIDE,
  PREMIUM,
  long("depth_total", "contracts", "Resting there when the window ended"),
  ADD_COUNT,
  PULL_COUNT,
  long("pull_rest_qty", "contracts", "Of pull_qty, from orders there for 500 ms or longer"),
  FILL_COUNT,
]);

/** The flow alone. */
export const OPTION_FLOW: TableLayout = table(`${PRODUCT}.book_flow_1s`, BY_OPTION_PRICE, [
  WINDOW_END,
  INSTRUMENT_ID,
  SIDE,
  PREMIUM,
  ADD_COUNT,
  PULL_COUNT,
  FILL_COUNT,
]);

/** Unit of gamma times open interest times the multiplier. */
const GEX = "USD/point²";

const GEX_VALUES: readonly Column[] = [
  double("gex_call_abs", GEX, "Gamma exposure of the calls: gamma × open interest × 50; ≥ 0"),
  double("gex_put_abs", GEX, "Gamma exposure of the puts, likewise; ≥ 0"),
  double("gex_abs", GEX, "Sum of both"),
  double("gex", GEX, "Calls less puts, as if dealers were long all calls and short all puts"),
  double("gex_imbalance_ratio", "", "gex over gex_abs, −1 to 1"),
  ...differences("gex_abs", GEX, "gex_abs"),
  ...differences("gex", GEX, "gex"),
  ...differences("gex_imbalance_ratio", "", "gex_imbalance_ratio"),
];

const UNDERLYING = text("underlying", "Root of the future");

/** Gamma exposure on 25 strikes around the spot. */
export const GEX_SURFACE: TableLayout = table(`${PRODUCT}.gex_surface_1s`, BY_STRIKE, [
  ...WINDOW,
  UNDERLYING,
  STRIKE,
  double("underlying_spot_ref", "points", "Spot of the window, on a tick"),
  STRIKE_REF,
  STRIKE_REL_TICKS,
  STRIKE_POINTS,
  ...GEX_VALUES,
]);

const FLOW_NORM = "held to its 5 % and 95 % quantiles, 0 to 1";

/** Flow of the options' quotes on 25 strikes around the spot. */
export const GEX_FLOW: TableLayout = table(`${PRODUCT}.gex_flow_surface_1s`, BY_STRIKE, [
  ...WINDOW,
  UNDERLYING,
  STRIKE,
  STRIKE_REF,
  STRIKE_REL_TICKS,
  STRIKE_POINTS,
  quantity("add_qty_sum", "Added in all options of the strike"),
  quantity("pull_qty_sum", "Withdrawn there, not executed"),
  quantity("fill_qty_sum", "Executed there against resting orders"),
  quantity("flow_abs", "Added, withdrawn and executed"),
  quantity("flow_reinforce", "Added less withdrawn and executed: how much the wall thickens"),
  double("flow_abs_norm", "", `flow_abs ${FLOW_NORM}`),
  double("flow_reinforce_norm", "", `flow_reinforce ${FLOW_NORM}`),
  quantity("pull_rest_qty_sum", "Of pull_qty_sum, from orders there for 500 ms or longer"),
  quantity("depth_total_sum", "Resting in all options of the strike when the window ended"),
  double("pull_rest_intensity", "", "pull_rest_qty_sum over depth_total_sum plus 1"),
  double("pull_rest_intensity_norm", "", `pull_rest_intensity ${FLOW_NORM}`),
]);

/** Volatility and greeks of every option of the day (Black-76 at 5 %, ACT/365). */
export const GREEKS: TableLayout = table(
  `${PRODUCT}.greeks_1s`,
  ["window_end_ts_ns", "instrument_id"],
  [
    WINDOW_END,
    INSTRUMENT_ID,
    STRIKE,
    RIGHT,
    double("mid_price_int", "1e-9 points", "Mean of best bid and ask, 0 unless both are there"),
    double("t_years", "years", "Time to the end of trading, ACT/365"),
    doubleOrNone("iv", "1/√year", "Implied volatility of the strike"),
    code("iv_source", IV_SOURCES, "Whether it was solved now, read off the smile, or carried"),
    doubleOrNone("delta", "", "Change of the premium per point of the future"),
    doubleOrNone("gamma", "1/point", "Change of delta per point of the future"),
    doubleOrNone("vega", "points", "Change of the premium per 1.00 of volatility"),
    doubleOrNone("theta_day", "points/day", "Change of the premium per calendar day"),
    doubleOrNone("vanna", "", "Change of delta per 1.00 of volatility"),
    doubleOrNone("charm_day", "1/day", "Change of delta per calendar day"),
    double("open_interest", "contracts", "Open interest as of the day before; 0 when unknown"),
    int("stale_s", "windows", "Since the strike was last solved, −1 when never"),
  ],
);

/** Liquidity velocity of the options by strike, right and side. */
export const OPTION_VELOCITY: TableLayout = table(
  "gold.future_option_mbo.physics_surface_1s",
  BY_STRIKE_AND_SIDE,
  [
    WINDOW_END,
    EVENT_TIME,
    STRIKE_REF,
    STRIKE,
    STRIKE_POINTS,
    STRIKE_REL_TICKS,
    RIGHT,
    STRIKE_SIDE,
    double("add_intensity", "", "Added over depth at the start plus 1, per window"),
    double("fill_intensity", "", "Executed over depth at the start plus 1, per window"),
    double("pull_intensity", "", "Withdrawn over depth at the start plus 1, per window"),
    double("liquidity_velocity", "", "add_intensity less pull_intensity and fill_intensity"),
  ],
);

/** Liquidity velocity of a strike: the sum over rights and sides. */
export const NET_VELOCITY: TableLayout = table(
  "gold.future_option_mbo.net_velocity_1s",
  ["window_end_ts_ns", "rel_ticks"],
  [
    WINDOW_END,
    STRIKE_REF,
    STRIKE,
    STRIKE_REL_TICKS,
    double("liquidity_velocity", "", "Sum of the velocities of both rights and both sides"),
  ],
);

function strikeOrNone(name: string, meaning: string): Column {
  return { ...priceInt(name, meaning), nullable: true };
}

/** Gamma exposure of the whole chain in a window. */
export const GEX_SUMMARY: TableLayout = table(
  "gold.future_option_mbo.gex_summary_1s",
  ["window_end_ts_ns"],
  [
    WINDOW_END,
    double("gex_total", GEX, "Calls less puts over all options with a volatility"),
    double("gex_call_total", GEX, "Of the calls"),
    double("gex_put_total", GEX, "Of the puts"),
    double("gex_usd_1pct", "USD/1%", "Futures that hedge a move of 1 %: gex_total × F² × 0.01"),
    strikeOrNone("zero_gamma_price_int", "Price nearest to F at which gex_total changes sign"),
    strikeOrNone("call_wall_strike_int", "Strike at or above F with the largest gex_call_abs"),
    strikeOrNone("put_wall_strike_int", "Strike at or below F with the largest gex_put_abs"),
    strikeOrNone("max_abs_strike_int", "Strike with the largest gex_abs"),
    double("gex_tilt", "", "gex_abs above F less below it, over their sum; −1 to 1"),
    doubleOrNone("atm_iv", "1/√year", "Volatility of the smile at F"),
    doubleOrNone("skew_25d", "1/√year", "Volatility of the 25-delta put less that of the call"),
  ],
);

/** What the volatilities of bids and asks leave open of the price without gamma. */
export const ZERO_GAMMA: TableLayout = table(
  "gold.future_option_mbo.zero_gamma_1s",
  ["window_end_ts_ns"],
  [
    WINDOW_END,
    strikeOrNone("zero_gamma_price_int", "Price nearest to F at which gex_total changes sign"),
    strikeOrNone("zero_gamma_low_int", "Lowest of it over volatilities of bids, mids and asks"),
    strikeOrNone("zero_gamma_high_int", "Highest of it, likewise"),
  ],
);

/** What is assumed of the dealers' positions; its code is its place here. */
const ASSUMPTIONS = ["naive", "short", "flow"] as const;
export type AssumptionNames = typeof ASSUMPTIONS;

const POSITION = "Contracts that dealers would hold in";

/** Exposure of the dealers at every strike of the day under each assumption of what they hold. */
export const EXPOSURE: TableLayout = table(
  "gold.future_option_mbo.exposure_1s",
  [...BY_STRIKE, "assumption"],
  [
    WINDOW_END,
    STRIKE_REF,
    STRIKE,
    int("rel_ticks", "ticks", "Strike less spot_ref_price_int, in ticks of the future"),
    code(
      "assumption",
      ASSUMPTIONS,
      "naive: dealers long calls, short puts; short: short all options; flow: the other side of " +
        "all trades of the session",
    ),
    quantity("call_position", `${POSITION} the calls of the strike, < 0 short`),
    quantity("put_position", `${POSITION} its puts`),
    double("gamma_exposure", GEX, "Position × gamma × 50: change of delta_exposure per point"),
    double("delta_exposure", "USD/point", "Position × delta × 50"),
    double("vanna_exposure", "USD/point", "Position × vanna × 50: change per 1.00 of volatility"),
    double("charm_exposure", "USD/point/day", "Position × charm × 50: change per calendar day"),
  ],
);

/** Gamma exposure of the whole chain as it would be at other prices of the future. */
export const GEX_PROFILE: TableLayout = table(
  "gold.future_option_mbo.gex_profile_1s",
  ["window_end_ts_ns", "price_int"],
  [
    WINDOW_END,
    STRIKE_REF,
    priceInt("price_int", "Price of the future"),
    STRIKE_REL_TICKS,
    double("gex_total", GEX, "gex_total at that price, volatilities of the strikes unchanged"),
  ],
);

/** Volatility and open interest of every strike of the day. */
export const SMILE: TableLayout = table("gold.future_option_mbo.smile_1s", BY_STRIKE, [
  WINDOW_END,
  STRIKE,
  doubleOrNone("iv", "1/√year", "Implied volatility of the strike"),
  code("iv_source", IV_SOURCES, "Whether it was solved now, read off the smile, or carried"),
  int("stale_s", "windows", "Since the strike was last solved, −1 when never"),
  double("call_open_interest", "contracts", "Open interest of the calls"),
  double("put_open_interest", "contracts", "Open interest of the puts"),
  double("t_years", "years", "Time to the end of trading, ACT/365"),
  priceInt("future_price_int", "Price of the future that the volatilities go with"),
]);

/** Values that a surface is held to 0 to 1 by; its code is its place here. */
const METRICS = [
  "pull_add_log",
  "log1p_pull_intensity_rest",
  "log1p_erosion_norm",
  "d2_pull_add_log",
  "wall_strength_log",
  "gex_abs",
  "flow_abs",
  "flow_reinforce",
  "pull_rest_intensity",
] as const;
export type MetricNames = typeof METRICS;

/** Quantiles of earlier sessions by which a session is normalised. */
export const CALIBRATION: TableLayout = table(
  "gold.hud.physics_norm_calibration",
  ["asof_dt", "metric_name"],
  [
    code("metric_name", METRICS, "Value that is normalised"),
    double("q05", "", "5 % quantile"),
    double("q95", "", "95 % quantile"),
    int("lookback_sessions", "sessions", "Earlier sessions that the quantiles are of"),
    text("session_window", "Stretch of each session, New York time"),
    text("asof_dt", "Session that they are for, YYYY-MM-DD"),
  ],
);
