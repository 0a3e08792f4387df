export { Spectrum, type SpectrumParams, type SpectrumState } from "./spectrum.ts";
export { type ProjectionModel, QUADRATIC_PROJECTION } from "./projection.ts";
