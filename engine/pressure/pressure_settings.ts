import type { PressureModel } from "./pressure_engine.ts";

/** How the pressure engine looks at an instrument: grid, bins, scores and projections. Names as in the file. */
export interface PressureSettings {
  /** Rows of a window on either side of the spot. */
  readonly grid_radius_ticks: number;
  /** Width of a bin, ms. */
  readonly cell_width_ms: number;
  /** Ticks of the whole grid. */
  readonly n_absolute_ticks: number;
  /** Bins. */
  readonly spectrum_windows: readonly number[];
  readonly spectrum_rollup_weights: readonly number[];
  readonly spectrum_derivative_weights: readonly number[];
  readonly spectrum_tanh_scale: number;
  readonly spectrum_threshold_neutral: number;
  readonly zscore_window_bins: number;
  readonly zscore_min_periods: number;
  readonly projection_horizons_bins: readonly number[];
  readonly projection_horizons_ms: readonly number[];
  readonly pressure_model: PressureModel;
}
