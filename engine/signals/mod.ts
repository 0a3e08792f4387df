export { dataWidth, niceInterval, niceTimeStepS, priceToRow, rowToPrice } from "./axis.ts";
export {
  type BandAlphas,
  bandAlphas,
  bandBottom,
  bandCentre,
  bandIsDrawable,
  bandTop,
  writeBandHistory,
} from "./bands.ts";
export { DerivativeSlope } from "./derivative_slope.ts";
export { DirectionalSignals, type DirectionalValues } from "./directional_signals.ts";
export { type BandHorizon, bandHorizons, horizonLabel } from "./horizons.ts";
export {
  type Panel,
  type PanelRows,
  type PanelSums,
  panelSums,
  percentText,
  readPanel,
  signedText,
} from "./panel.ts";
export { DEFAULT_PARAMETERS, type ParameterName, type SignalParameters } from "./parameters.ts";
export { PressureFront } from "./pressure_front.ts";
export { type SignalRows, signalRowsOf } from "./signal_rows.ts";
export { SpatialVacuum, vacuumAsymmetry } from "./spatial_vacuum.ts";
export { sampleTrail } from "./trail.ts";
