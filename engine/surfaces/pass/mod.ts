/**
 * All surfaces of a future and its options in one pass over their records.
 *
 * @module
 */

export { PASS_TABLES, SurfaceBatches } from "./surface_batches.ts";
export { SurfacePass, type SurfacePassOptions, type SurfacePassState } from "./surface_pass.ts";
