export { Spectrum, type SpectrumParams, type SpectrumState } from "./spectrum.ts";
export { type ProjectionModel, QUADRATIC_PROJECTION } from "./projection.ts";
export {
  PressureEngine,
  type PressureEngineOptions,
  type PressureEngineState,
  type PressureModel,
} from "./pressure_engine.ts";
export { STRIDE, TickState } from "./tick_state.ts";
