import { MAD_TO_SIGMA, percentile } from "../stats/mod.ts";
import { checkNumber, checkWhole } from "./error.ts";

/** Smallest scale by which a z-score divides. */
const MIN_SCALE = 1e-12;
/** Bins below which no metric is given. */
const MIN_BINS = 4;
const DEFAULT_DT_S = 0.1;

/** Speeds of the mean projected score and how often they turn. Rates NaN when nothing is valid. */
export interface ShiftMetrics {
  readonly n_valid_slope_bins: number;
  readonly slope_window_bins: number;
  readonly mean_abs_d1: number;
  readonly mean_abs_d2: number;
  readonly mean_abs_d3: number;
  readonly d1_slope_flip_rate: number;
  readonly regime_shift_rate: number;
  readonly regime_shift_events: number;
  readonly regime_shift_z_mean: number;
  readonly regime_shift_z_p95: number;
}

/**
 * Least-squares slope of the last `window` values against their place, centred; NaN before the window
 * fills.
 *
 * @throws {AnalysisError} When the window is no whole number ≥ 2.
 */
export function rollingSlope(y: Float64Array, window: number): Float64Array {
  checkWhole("experiment-slope-window-bins", window, 2);
  const out = new Float64Array(y.length).fill(NaN);
  const middle = (window - 1) / 2;
  let squares = 0;
  for (let x = 0; x < window; x++) squares += (x - middle) * (x - middle);
  for (let i = window - 1; i < y.length; i++) {
    let sum = 0;
    for (let x = 0; x < window; x++) sum += (x - middle) * y[i - window + 1 + x]!;
    out[i] = sum / squares;
  }
  return out;
}

/** Median spacing of times in s, of the positive ones; 0.1 when there is none. */
function medianSpacingS(tsNs: Float64Array): number {
  const gaps: number[] = [];
  for (let i = 1; i < tsNs.length; i++) {
    const gap = (tsNs[i]! - tsNs[i - 1]!) / 1e9;
    if (gap > 0) gaps.push(gap);
  }
  return gaps.length === 0 ? DEFAULT_DT_S : percentile(gaps, 50);
}

/** Mean over the rows of every bin; shape [bins]. */
export function rowMeans(values: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(values.length / rows);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[i * rows + row]!;
    out[i] = sum / rows;
  }
  return out;
}

/**
 * Finds the bins where a series changes pace: slopes of its first three difference quotients, their
 * absolute sum, and a robust z of that sum against the whole window.
 *
 * @param series One value per bin.
 * @param zThreshold A bin at or above it is a shift; ≥ 0.
 * @throws {AnalysisError} When a setting is out of range.
 * @see docs/methods/analysis.md, "Projection experiment".
 */
export function shiftMetrics(
  series: Float64Array,
  tsNs: Float64Array,
  slopeWindow: number,
  zThreshold: number,
): ShiftMetrics {
  checkWhole("experiment-slope-window-bins", slopeWindow, 2);
  checkNumber("experiment-shift-z-threshold", zThreshold, 0);
  const n = series.length;
  if (n < MIN_BINS) return noMetrics(slopeWindow);
  const dtS = medianSpacingS(tsNs);
  const d1 = quotients(series, dtS);
  const d2 = quotients(d1, dtS);
  const d3 = quotients(d2, dtS);
  const slopes = [d1, d2, d3].map((d) => rollingSlope(d, slopeWindow));
  const valid = Math.max(0, n - slopeWindow + 1);
  if (valid === 0) return noMetrics(slopeWindow);
  const intensity = new Float64Array(valid);
  for (const slope of slopes) {
    for (let i = 0; i < valid; i++) intensity[i]! += Math.abs(slope[slopeWindow - 1 + i]!);
  }
  const z = robustZ(intensity);
  const shifts = z.reduce((count, value) => value >= zThreshold ? count + 1 : count, 0);
  return {
    n_valid_slope_bins: valid,
    slope_window_bins: slopeWindow,
    mean_abs_d1: meanAbs(d1),
    mean_abs_d2: meanAbs(d2),
    mean_abs_d3: meanAbs(d3),
    d1_slope_flip_rate: flipRate(slopes[0]!),
    regime_shift_rate: shifts / valid,
    regime_shift_events: shifts,
    regime_shift_z_mean: z.reduce((sum, value) => sum + value, 0) / valid,
    regime_shift_z_p95: percentile(z, 95),
  };
}

function noMetrics(slopeWindow: number): ShiftMetrics {
  return {
    n_valid_slope_bins: 0,
    slope_window_bins: slopeWindow,
    mean_abs_d1: NaN,
    mean_abs_d2: NaN,
    mean_abs_d3: NaN,
    d1_slope_flip_rate: NaN,
    regime_shift_rate: NaN,
    regime_shift_events: 0,
    regime_shift_z_mean: NaN,
    regime_shift_z_p95: NaN,
  };
}

/** First differences over dt, 0 for the first. */
function quotients(values: Float64Array, dtS: number): Float64Array {
  return values.map((value, i) => i === 0 ? 0 : (value - values[i - 1]!) / dtS);
}

function meanAbs(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
}

/** Sign changes between neighbours among the slopes that exist and are not 0. */
function flipRate(slopes: Float64Array): number {
  let before = 0;
  let pairs = 0;
  let flips = 0;
  for (const slope of slopes) {
    const sign = Math.sign(slope);
    if (!(Math.abs(sign) > 0)) continue;
    if (before !== 0) {
      pairs++;
      if (sign !== before) flips++;
    }
    before = sign;
  }
  return flips / pairs;
}

function robustZ(values: Float64Array): Float64Array {
  const median = percentile(values, 50);
  const scale = MAD_TO_SIGMA * percentile(values.map((value) => Math.abs(value - median)), 50);
  return values.map((value) => scale > MIN_SCALE ? (value - median) / scale : 0);
}
