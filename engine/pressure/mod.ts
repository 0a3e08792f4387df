/**
 * Order flow to pressure and vacuum per tick, bin by bin.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { createProjector, QUADRATIC_PROJECTION, writeProjections } from "./mod.ts";
 *
 * const projector = createProjector(QUADRATIC_PROJECTION, [250, 1_000]);
 * const columns = [new Float64Array(1), new Float64Array(1)];
 * writeProjections(projector, Float64Array.of(0.2, 0.1, 0, 0), 0, columns, 0); // score, slopes
 * ok(columns[1]![0]! > 0.2);
 * ```
 *
 * @module
 */

export type { SpectrumParams, SpectrumState } from "./spectrum.ts";
export {
  createProjector,
  type ProjectionModel,
  type Projector,
  QUADRATIC_PROJECTION,
  writeProjections,
} from "./projection.ts";
export {
  PressureEngine,
  type PressureEngineOptions,
  type PressureEngineState,
  type PressureModel,
} from "./pressure_engine.ts";
export { BinReplay, type BinReplayOptions } from "./bin_replay.ts";
export { type TouchedSink, TouchedTicks } from "./touched_ticks.ts";
export {
  type EventSink,
  ReplayFilter,
  type ReplayFilterOptions,
  type ReplayFilterState,
} from "./replay_filter.ts";
export {
  type CoreFrame,
  CorePipeline,
  type CorePipelineOptions,
  type CorePipelineState,
} from "./core_pipeline.ts";
export {
  type PipelineInstrument,
  type PipelineState,
  StreamPipeline,
  type StreamPipelineOptions,
} from "./stream_pipeline.ts";
export type { PipelineTap } from "./pipeline_tap.ts";
export { type Instrument, tradingHours } from "./instrument.ts";
export { checkInstrumentLock, type InstrumentConfig, parseInstrument } from "./instrument_file.ts";
export type { PressureSettings } from "./pressure_settings.ts";
export { StateHash } from "./state_hash.ts";
export { ENGINE_VERSION } from "./version.ts";
export { newWindowFrame, type WindowFrame } from "./serve_window.ts";
