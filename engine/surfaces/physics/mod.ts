/**
 * What a window of a book says about how liquidity moves and what blocks price.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { Band } from "../band.ts";
 * import { bootstrapBounds } from "../calibration/mod.ts";
 * import { LevelSurfaces } from "./mod.ts";
 *
 * const band = new Band(600);
 * band.moveTo(27_800);
 * band.asks.hasRow[601] = 1; // one tick above the spot
 * band.asks.end[601] = 20;
 * const rows = new LevelSurfaces(band.slots).close(band, bootstrapBounds());
 * equal(rows.count, 1);
 * equal(rows.relTicks[0], 1);
 * ```
 *
 * @module
 */

export { addLevelMetrics } from "./add_level_metrics.ts";
export { BucketRadar, type BucketRadarState, type StrikeStiffness } from "./bucket_radar.ts";
export { type FieldColumns } from "./field_columns.ts";
export { type LatticeFields, type LatticeFieldsState } from "./lattice_fields.ts";
export { type LevelRows } from "./level_rows.ts";
export { LevelSurfaces, type LevelSurfacesState } from "./level_surfaces.ts";
export { BAND_COLUMNS, PhysicsBands } from "./physics_bands.ts";
export { type RadarRows } from "./radar_rows.ts";
export { TickFields } from "./tick_fields.ts";
