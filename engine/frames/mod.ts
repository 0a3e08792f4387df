/**
 * What everything that is stored and sent looks like: layouts, frames of them, and how they travel.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ENG, ENGINE_COLUMNS, gridLayout } from "./mod.ts";
 *
 * equal(ENGINE_COLUMNS[ENG.REST_DEPTH].unit, "contracts");
 * equal(gridLayout(101, [250, 500]).columns.at(-1)?.name, "proj_score_h500");
 * ```
 *
 * @module
 */

export * from "./contract.ts";
export { ArrowBatches } from "./arrow_batches.ts";
export { ArrowDecoder } from "./arrow_decoder.ts";
export { csvText } from "./csv.ts";
export { newFrame } from "./frame.ts";
export { FrameBuilder } from "./frame_builder.ts";
export { GridEncoder } from "./grid_encoder.ts";
export { readBinHeader } from "./grid_view.ts";
export { withFamilies } from "./layout.ts";
export { coreLayout } from "./pressure_grid.ts";
export { type GridUpdate, gridUpdate } from "./pressure_wire.ts";
export { type RawSink } from "./raw_sink.ts";
