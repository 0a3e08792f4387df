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
export { TickState } from "./tick_state.ts";
export { type EventSink, ReplayFilter, type ReplayFilterOptions } from "./replay_filter.ts";
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
export {
  checkInstrumentLock,
  type InstrumentConfig,
  InstrumentError,
  parseInstrument,
} from "./instrument.ts";
export { ENGINE_VERSION } from "./version.ts";
