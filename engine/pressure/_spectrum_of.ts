import type { PressureSettings } from "./pressure_settings.ts";
import type { ProjectionModel } from "./projection.ts";
import { Spectrum } from "./spectrum.ts";

/** What of an instrument its scores depend on. */
export type SpectrumSettings = Pick<
  PressureSettings,
  | "n_absolute_ticks"
  | "cell_width_ms"
  | "spectrum_windows"
  | "spectrum_rollup_weights"
  | "spectrum_derivative_weights"
  | "spectrum_tanh_scale"
  | "spectrum_threshold_neutral"
  | "zscore_window_bins"
  | "zscore_min_periods"
  | "projection_horizons_ms"
>;

/** The spectrum of an instrument, with nothing seen. */
export function spectrumOf(settings: SpectrumSettings, projection: ProjectionModel): Spectrum {
  return new Spectrum({
    nTicks: settings.n_absolute_ticks,
    windows: settings.spectrum_windows,
    rollupWeights: settings.spectrum_rollup_weights,
    derivativeWeights: settings.spectrum_derivative_weights,
    tanhScale: settings.spectrum_tanh_scale,
    thresholdNeutral: settings.spectrum_threshold_neutral,
    zscoreWindowBins: settings.zscore_window_bins,
    zscoreMinPeriods: settings.zscore_min_periods,
    horizonsMs: settings.projection_horizons_ms,
    defaultDtS: settings.cell_width_ms / 1_000,
    projection,
  });
}
