import { TABLES } from "../../../../engine/frames/surfaces/mod.ts";
import * as bronze from "./bronze.ts";
import * as futures from "./futures.ts";
import type { TableLineage } from "./lineage.ts";
import * as options from "./options.ts";

export type { Lineage, TableLineage } from "./lineage.ts";

/** Where the columns of every table come from, by the key of the table. */
export const LINEAGE: ReadonlyMap<string, TableLineage> = new Map([
  [TABLES.DEFINITIONS.name, bronze.DEFINITIONS_LINEAGE],
  [TABLES.STATISTICS.name, bronze.STATISTICS_LINEAGE],
  [TABLES.FUTURE_MBO.name, bronze.FUTURE_MBO_LINEAGE],
  [TABLES.OPTION_MBO.name, bronze.OPTION_MBO_LINEAGE],
  [TABLES.STATISTICS_CLEAN.name, bronze.STATISTICS_CLEAN_LINEAGE],
  [TABLES.FUTURE_SNAPSHOT.name, futures.FUTURE_SNAPSHOT_LINEAGE],
  [TABLES.FUTURE_DEPTH_FLOW.name, futures.FUTURE_DEPTH_FLOW_LINEAGE],
  [TABLES.WALL_SURFACE.name, futures.WALL_LINEAGE],
  [TABLES.VACUUM_SURFACE.name, futures.VACUUM_LINEAGE],
  [TABLES.FUTURE_PHYSICS.name, futures.FUTURE_PHYSICS_LINEAGE],
  [TABLES.PHYSICS_BANDS.name, futures.PHYSICS_BANDS_LINEAGE],
  [TABLES.BUCKET_RADAR.name, futures.BUCKET_RADAR_LINEAGE],
  [TABLES.WINDOW_STATS.name, futures.WINDOW_STATS_LINEAGE],
  [TABLES.OPTION_SNAPSHOT.name, options.OPTION_SNAPSHOT_LINEAGE],
  [TABLES.OPTION_DEPTH_FLOW.name, options.OPTION_DEPTH_FLOW_LINEAGE],
  [TABLES.OPTION_WALL.name, options.OPTION_WALL_LINEAGE],
  [TABLES.OPTION_FLOW.name, options.OPTION_FLOW_LINEAGE],
  [TABLES.GEX_SURFACE.name, options.GEX_SURFACE_LINEAGE],
  [TABLES.GEX_FLOW.name, options.GEX_FLOW_LINEAGE],
  [TABLES.GREEKS.name, options.GREEKS_LINEAGE],
  [TABLES.CALIBRATION.name, options.CALIBRATION_LINEAGE],
  [TABLES.FUTURE_VELOCITY.name, futures.FUTURE_VELOCITY_LINEAGE],
  [TABLES.PHYSICS_FIELDS.name, futures.PHYSICS_FIELDS_LINEAGE],
  [TABLES.OPTION_VELOCITY.name, options.OPTION_VELOCITY_LINEAGE],
  [TABLES.NET_VELOCITY.name, options.NET_VELOCITY_LINEAGE],
  [TABLES.GEX_SUMMARY.name, options.GEX_SUMMARY_LINEAGE],
  [TABLES.ZERO_GAMMA.name, options.ZERO_GAMMA_LINEAGE],
  [TABLES.EXPOSURE.name, options.EXPOSURE_LINEAGE],
  [TABLES.GEX_PROFILE.name, options.GEX_PROFILE_LINEAGE],
  [TABLES.SMILE.name, options.SMILE_LINEAGE],
]);
