import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { COLUMN_TYPES } from "../column_types.ts";
import type { Column } from "../layout.ts";
import { SURFACE_STREAMS, SURFACE_TABLES } from "./mod.ts";

/** Columns as contracts tell them: name and Arrow type, "?" behind those that may lack values. */
function told(columns: readonly Column[]): string {
  return columns.map(({ name, type, nullable }) =>
    `${name} ${COLUMN_TYPES[type].arrow}${nullable ? "?" : ""}`
  ).join(", ");
}

const DEFAULTS: Readonly<Record<string, string>> = {
  snap: "window_end_ts_ns Int64, mid_price Float64, spot_ref_price_int Int64, book_valid Bool",
  velocity: "window_end_ts_ns Int64, spot_ref_price_int Int64, rel_ticks Int32, side Utf8, " +
    "liquidity_velocity Float64",
  options: "window_end_ts_ns Int64, spot_ref_price_int Int64, rel_ticks Int32, " +
    "liquidity_velocity Float64",
  wall: "window_end_ts_ns Int64, rel_ticks Int32, side Utf8, depth_qty_rest Float64",
  vacuum: "window_end_ts_ns Int64, rel_ticks Int32, vacuum_score Float64",
  physics: "window_end_ts_ns Int64, rel_ticks Int32, physics_score Float64, " +
    "physics_score_signed Float64",
  gex: "window_end_ts_ns Int64, strike_points Float64, spot_ref_price_int Int64, " +
    "rel_ticks Int32, underlying_spot_ref Float64, gex_call_abs Float64, gex_put_abs Float64, " +
    "gex_abs Float64, gex Float64, gex_imbalance_ratio Float64, d1_gex_abs Float64, " +
    "d2_gex_abs Float64, d3_gex_abs Float64, d1_gex Float64, d2_gex Float64, d3_gex Float64, " +
    "d1_gex_imbalance_ratio Float64, d2_gex_imbalance_ratio Float64, " +
    "d3_gex_imbalance_ratio Float64",
  bucket_radar: "window_end_ts_ns Int64, bucket_rel Int32, blocked_level Int32, " +
    "cavitation Float64, gex_stiffness Float64, mobility Float64",
  gex_flow: "window_end_ts_ns Int64, strike_points Float64, spot_ref_price_int Int64, " +
    "rel_ticks Int32, flow_abs Float64, flow_reinforce Float64, flow_abs_norm Float64, " +
    "flow_reinforce_norm Float64, pull_rest_intensity Float64, " +
    "pull_rest_intensity_norm Float64, add_qty_sum Float64, pull_qty_sum Float64, " +
    "fill_qty_sum Float64, pull_rest_qty_sum Float64, depth_total_sum Float64",
  options_wall: "window_end_ts_ns Int64, instrument_id Int64, side Utf8, price_int Int64, " +
    "depth_total Int64, pull_rest_qty Int64",
  options_flow: "window_end_ts_ns Int64, instrument_id Int64, side Utf8, price_int Int64, " +
    "add_qty Int64, pull_qty Int64, fill_qty Int64",
};

const EXTENDED: Readonly<Record<string, readonly string[]>> = {
  wall: ["d1_depth_qty"],
  vacuum: ["wall_erosion", "d2_pull_add_log"],
  bucket_radar: ["gex_field", "blocked_memory"],
  options: ["strike_price_int"],
  gex_flow: ["flow_reinforce_signed"],
  gex_summary: ["zero_gamma_low_int", "zero_gamma_high_int"],
};

Deno.test("SURFACE_STREAMS stand in their order, two default sets among them", () => {
  deepStrictEqual(SURFACE_STREAMS.map(({ name }) => name), [
    "snap",
    "wall",
    "vacuum",
    "physics",
    "gex",
    "bucket_radar",
    "velocity",
    "options",
    "gex_flow",
    "options_wall",
    "options_flow",
    "options_detail",
    "gex_summary",
    "window_stats",
    "physics_fields",
    "exposure",
    "gex_profile",
    "smile",
  ]);
  const sets = (["velocity", "hud"] as const).map((endpoint) =>
    SURFACE_STREAMS.filter(({ defaultOf }) => defaultOf.includes(endpoint)).map(({ name }) => name)
  );
  deepStrictEqual(sets, [
    ["snap", "velocity", "options"],
    ["snap", "wall", "vacuum", "physics", "gex", "bucket_radar"],
  ]);
});

Deno.test("SURFACE_STREAMS send names, order and types as agreed, and extended columns behind them", () => {
  for (const { name, layout, extended } of SURFACE_STREAMS) {
    if (DEFAULTS[name] !== undefined) strictEqual(told(layout.columns), DEFAULTS[name], name);
    deepStrictEqual(extended.columns.slice(0, layout.columns.length), layout.columns);
    const more = extended.columns.slice(layout.columns.length).map((column) => column.name);
    deepStrictEqual(more, EXTENDED[name] ?? []);
  }
  ok(Object.keys(DEFAULTS).every((name) => SURFACE_STREAMS.some((stream) => stream.name === name)));
});

Deno.test("SURFACE_TABLES have every name once, keys of their own columns, units and meanings", () => {
  strictEqual(new Set(SURFACE_TABLES.map(({ name }) => name)).size, SURFACE_TABLES.length);
  for (const { name, columns, key } of SURFACE_TABLES) {
    const names = columns.map((column) => column.name);
    strictEqual(new Set(names).size, names.length, name);
    deepStrictEqual(key.filter((each) => !names.includes(each)), [], name);
    deepStrictEqual(columns.filter(({ meaning }) => meaning === ""), [], name);
    const codes = columns.filter(({ type, codes }) => (type === "code") !== (codes !== undefined));
    deepStrictEqual(codes, [], name);
  }
});
