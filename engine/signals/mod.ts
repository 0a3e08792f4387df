/**
 * Direction from the rows of a bin, and the bands that a chart draws of it.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { bandHorizons } from "./mod.ts";
 *
 * deepEqual(bandHorizons([4, 1], 500).map(({ label }) => label), ["500ms", "2s"]);
 * ```
 *
 * @module
 */

export { dataWidth } from "./axis.ts";
export {
  type BandAlphas,
  bandAlphas,
  bandBottom,
  bandCentre,
  bandIsDrawable,
  bandTop,
  writeBandHistory,
} from "./bands.ts";
export { Cone, type ConeHorizon, type ConeState } from "./cone.ts";
export {
  DirectionalSignals,
  type DirectionalSignalsState,
  type DirectionalValues,
} from "./directional_signals.ts";
export {
  CONE_HORIZONS_MS,
  type ForecastInstrument,
  ForecastStage,
  type ForecastState,
  LEAN_POINTS_FROM,
} from "./forecast_stage.ts";
export { type BandHorizon, bandHorizons, horizonLabel } from "./horizons.ts";
export { type Panel, type PanelRows, type PanelSums, panelSums, readPanel } from "./panel.ts";
export { DEFAULT_PARAMETERS, type ParameterName, type SignalParameters } from "./parameters.ts";
export { type SignalRows, signalRowsOf } from "./signal_rows.ts";
export { vacuumAsymmetry } from "./spatial_vacuum.ts";
export {
  ADVICE,
  type Advice,
  nextVerdict,
  type Side,
  type Verdict,
  type VerdictInput,
} from "./verdict.ts";
