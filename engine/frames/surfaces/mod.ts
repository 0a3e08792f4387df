/**
 * What the surfaces look like, stored and sent: names, order, types, units and meanings of every table
 * of the lake and of every stream.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { RowBatch } from "../mod.ts";
 * import { SURFACE_STREAMS, SURFACE_TABLES } from "./mod.ts";
 *
 * const snap = SURFACE_STREAMS.find(({ name }) => name === "snap");
 * deepEqual(snap?.defaultOf, ["velocity", "hud"]);
 *
 * const table = SURFACE_TABLES.find(({ name }) => name === "gold.future_option_mbo.net_velocity_1s");
 * const rows = table && new RowBatch(table);
 * rows?.extend(21);
 * rows?.doubles(rows.place("liquidity_velocity")).fill(0.5);
 * deepEqual(rows?.frame().columns.at(-1)?.length, 21);
 * ```
 *
 * @module
 */

export { DEFINITIONS, FUTURE_MBO, OPTION_MBO, STATISTICS, STATISTICS_CLEAN } from "./bronze.ts";
export {
  BUCKET_RADAR,
  FUTURE_DEPTH_FLOW,
  FUTURE_PHYSICS,
  FUTURE_SNAPSHOT,
  FUTURE_VELOCITY,
  PHYSICS_BANDS,
  PHYSICS_FIELDS,
  VACUUM_SURFACE,
  WALL_SURFACE,
  WINDOW_STATS,
} from "./futures.ts";
export {
  ASSUMPTIONS,
  CALIBRATION,
  EXPOSURE,
  GEX_FLOW,
  GEX_PROFILE,
  GEX_SUMMARY,
  GEX_SURFACE,
  GREEKS,
  IV_SOURCES,
  METRICS,
  NET_VELOCITY,
  OPTION_DEPTH_FLOW,
  OPTION_FLOW,
  OPTION_SNAPSHOT,
  OPTION_VELOCITY,
  OPTION_WALL,
  SMILE,
  ZERO_GAMMA,
} from "./options.ts";
export { SURFACE_STREAMS, type SurfaceEndpoint, type SurfaceStream } from "./streams.ts";
export { RIGHTS, SIDES, type TableLayout } from "./table.ts";
export { SURFACE_TABLES } from "./tables.ts";
