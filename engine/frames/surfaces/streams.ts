import type { Column, Layout } from "../layout.ts";
import { placeOf } from "../layout.ts";
import {
  BUCKET_RADAR,
  FUTURE_PHYSICS,
  FUTURE_SNAPSHOT,
  FUTURE_VELOCITY,
  PHYSICS_FIELDS,
  VACUUM_SURFACE,
  WALL_SURFACE,
  WINDOW_STATS,
} from "./futures.ts";
import {
  EXPOSURE,
  GEX_FLOW,
  GEX_PROFILE,
  GEX_SUMMARY,
  GEX_SURFACE,
  NET_VELOCITY,
  OPTION_FLOW,
  OPTION_VELOCITY,
  OPTION_WALL,
  SMILE,
  ZERO_GAMMA,
} from "./options.ts";
import { double } from "./table.ts";

/** Endpoints, each with surfaces of its own when a client names none. */
export type SurfaceEndpoint = "velocity" | "hud";

/** One surface as it is sent, a window at a time. */
export interface SurfaceStream {
  readonly name: string;
  readonly description: string;
  /** Rows of a window, for people. */
  readonly rowsPerWindow: string;
  /** Rows have a place in price. */
  readonly isSpatial: boolean;
  /** Rows farther from the spot are not sent, after anchoring; null when all are. */
  readonly maxRelTicks: number | null;
  /** Endpoints that send it to a client that names no surfaces. */
  readonly defaultOf: readonly SurfaceEndpoint[];
  readonly layout: Layout;
  /** The same with the extended columns behind; the same object when there are none. */
  readonly extended: Layout;
}

/** Farthest row of a stream from the spot, ticks. */
const STREAM_MAX_TICKS = 400;

function layoutOf(name: string, columns: readonly Column[]): Layout {
  return { name: `surfaces.${name}`, version: 1, header: [], columns, rows: "many" };
}

/** Columns of a table by their names, in the order of the names. */
function pick({ columns }: Layout, ...names: readonly string[]): readonly Column[] {
  return names.map((name) => columns[placeOf(columns, name)]!);
}

type Told = Omit<SurfaceStream, "name" | "layout" | "extended">;

function stream(
  name: string,
  told: Told,
  columns: readonly Column[],
  extended: readonly Column[] = [],
): SurfaceStream {
  const layout = layoutOf(name, columns);
  const longer = layoutOf(`${name}.ext`, [...columns, ...extended]);
  return { name, ...told, layout, extended: extended.length === 0 ? layout : longer };
}

const LEVELS = {
  rowsPerWindow: "levels with depth or flow",
  isSpatial: true,
  maxRelTicks: STREAM_MAX_TICKS,
} as const;

const FIRST: readonly SurfaceStream[] = [
  stream(
    "snap",
    {
      description: "Mid, spot and validity of the window",
      rowsPerWindow: "1",
      isSpatial: false,
      maxRelTicks: null,
      defaultOf: ["velocity", "hud"],
    },
    pick(FUTURE_SNAPSHOT, "window_end_ts_ns", "mid_price", "spot_ref_price_int", "book_valid"),
  ),
  stream(
    "wall",
    { ...LEVELS, description: "Rested depth at every level", defaultOf: ["hud"] },
    pick(WALL_SURFACE, "window_end_ts_ns", "rel_ticks", "side", "depth_qty_rest"),
    pick(WALL_SURFACE, "d1_depth_qty"),
  ),
  stream(
    "vacuum",
    { ...LEVELS, description: "Withdrawal of liquidity at every level", defaultOf: ["hud"] },
    pick(VACUUM_SURFACE, "window_end_ts_ns", "rel_ticks", "vacuum_score"),
    pick(VACUUM_SURFACE, "wall_erosion", "d2_pull_add_log"),
  ),
  stream(
    "physics",
    { ...LEVELS, description: "Ease of movement at every level", defaultOf: ["hud"] },
    pick(
      FUTURE_PHYSICS,
      "window_end_ts_ns",
      "rel_ticks",
      "physics_score",
      "physics_score_signed",
    ),
  ),
  stream(
    "gex",
    {
      description: "Gamma exposure by strike",
      rowsPerWindow: "25",
      isSpatial: true,
      maxRelTicks: null,
      defaultOf: ["hud"],
    },
    pick(
      GEX_SURFACE,
      "window_end_ts_ns",
      "strike_points",
      "spot_ref_price_int",
      "rel_ticks",
      "underlying_spot_ref",
      "gex_call_abs",
      "gex_put_abs",
      "gex_abs",
      "gex",
      "gex_imbalance_ratio",
      "d1_gex_abs",
      "d2_gex_abs",
      "d3_gex_abs",
      "d1_gex",
      "d2_gex",
      "d3_gex",
      "d1_gex_imbalance_ratio",
      "d2_gex_imbalance_ratio",
      "d3_gex_imbalance_ratio",
    ),
  ),
  stream(
    "bucket_radar",
    {
      description: "Obstacles around the spot in buckets of two ticks",
      rowsPerWindow: "buckets with a level or a strike",
      isSpatial: true,
      maxRelTicks: null,
      defaultOf: ["hud"],
    },
    pick(
      BUCKET_RADAR,
      "window_end_ts_ns",
      "bucket_rel",
      "blocked_level",
      "cavitation",
      "gex_stiffness",
      "mobility",
    ),
    [
      double("gex_field", "", "gex_stiffness smoothed over neighbouring buckets, 0 to 1"),
      double("blocked_memory", "", "What blocks, with memory of earlier windows, 0 to 1"),
    ],
  ),
  stream(
    "velocity",
    {
      ...LEVELS,
      rowsPerWindow: "levels with depth or flow, at most 802",
      description: "Liquidity velocity of the future at every level",
      defaultOf: ["velocity"],
    },
    pick(
      FUTURE_VELOCITY,
      "window_end_ts_ns",
      "spot_ref_price_int",
      "rel_ticks",
      "side",
      "liquidity_velocity",
    ),
  ),
  stream(
    "options",
    {
      description: "Net liquidity velocity of the options by strike",
      rowsPerWindow: "21",
      isSpatial: true,
      maxRelTicks: STREAM_MAX_TICKS,
      defaultOf: ["velocity"],
    },
    pick(
      NET_VELOCITY,
      "window_end_ts_ns",
      "spot_ref_price_int",
      "rel_ticks",
      "liquidity_velocity",
    ),
    pick(NET_VELOCITY, "strike_price_int"),
  ),
];

const STRIKES = { rowsPerWindow: "25", isSpatial: true, maxRelTicks: null, defaultOf: [] } as const;
const PREMIUMS = { ...STRIKES, rowsPerWindow: "premiums with depth or flow", isSpatial: false };

const NAMED: readonly SurfaceStream[] = [
  stream(
    "gex_flow",
    {
      ...STRIKES,
      description: "Flow of the options' quotes by strike",
      maxRelTicks: STREAM_MAX_TICKS,
    },
    pick(
      GEX_FLOW,
      "window_end_ts_ns",
      "strike_points",
      "spot_ref_price_int",
      "rel_ticks",
      "flow_abs",
      "flow_reinforce",
      "flow_abs_norm",
      "flow_reinforce_norm",
      "pull_rest_intensity",
      "pull_rest_intensity_norm",
      "add_qty_sum",
      "pull_qty_sum",
      "fill_qty_sum",
      "pull_rest_qty_sum",
      "depth_total_sum",
    ),
    [double("flow_reinforce_signed", "", "flow_reinforce over its larger quantile, −1 to 1")],
  ),
  stream(
    "options_wall",
    { ...PREMIUMS, description: "Depth of every option at every premium" },
    pick(
      OPTION_WALL,
      "window_end_ts_ns",
      "instrument_id",
      "side",
      "price_int",
      "depth_total",
      "pull_rest_qty",
    ),
  ),
  stream(
    "options_flow",
    { ...PREMIUMS, description: "Flow of every option at every premium" },
    pick(
      OPTION_FLOW,
      "window_end_ts_ns",
      "instrument_id",
      "side",
      "price_int",
      "add_qty",
      "pull_qty",
      "fill_qty",
    ),
  ),
  stream(
    "options_detail",
    {
      ...STRIKES,
      rowsPerWindow: "84",
      description: "What the net velocity of a strike is made of",
    },
    pick(
      OPTION_VELOCITY,
      "window_end_ts_ns",
      "spot_ref_price_int",
      "strike_price_int",
      "rel_ticks",
      "right",
      "side",
      "add_intensity",
      "fill_intensity",
      "pull_intensity",
    ),
  ),
  stream(
    "gex_summary",
    {
      description: "Gamma exposure of the whole chain, its walls and zero gamma",
      rowsPerWindow: "1",
      isSpatial: false,
      maxRelTicks: null,
      defaultOf: [],
    },
    GEX_SUMMARY.columns,
    pick(ZERO_GAMMA, "zero_gamma_low_int", "zero_gamma_high_int"),
  ),
  stream(
    "window_stats",
    {
      description: "What came in the window and how good it is",
      rowsPerWindow: "1",
      isSpatial: false,
      maxRelTicks: null,
      defaultOf: [],
    },
    WINDOW_STATS.columns,
  ),
  stream(
    "physics_fields",
    {
      description: "Liquidity velocity over several stretches of time and price",
      rowsPerWindow: "802",
      isSpatial: true,
      maxRelTicks: null,
      defaultOf: [],
    },
    PHYSICS_FIELDS.columns,
  ),
  stream(
    "exposure",
    {
      ...STRIKES,
      rowsPerWindow: "3 per strike of the day",
      description: "Exposure of the dealers by strike under each assumption of what they hold",
    },
    EXPOSURE.columns,
  ),
  stream(
    "gex_profile",
    {
      ...STRIKES,
      rowsPerWindow: "61",
      description: "Gamma exposure of the whole chain at other prices of the future",
    },
    GEX_PROFILE.columns,
  ),
  stream(
    "smile",
    {
      ...STRIKES,
      rowsPerWindow: "strikes of the day",
      description: "Volatility and open interest by strike",
    },
    SMILE.columns,
  ),
];

/** Every surface that can be sent, in the order in which a window sends them. */
export const SURFACE_STREAMS: readonly SurfaceStream[] = [...FIRST, ...NAMED];
