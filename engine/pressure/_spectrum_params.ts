import type { ProjectionModel } from "./projection.ts";

/** Settings of a {@link Spectrum}; all lists are copied. */
export interface SpectrumParams {
  /** Ticks of the grid, an integer ≥ 1. */
  readonly nTicks: number;
  /** Lengths of the rolling means, bins, each ≥ 1. */
  readonly windows: readonly number[];
  /** Weight of each rolling mean, > 0; made to sum to 1. */
  readonly rollupWeights: readonly number[];
  /** Weights of the first, second and third derivative, > 0; made to sum to 1. */
  readonly derivativeWeights: readonly number[];
  /** Robust z at which tanh has an argument of 1, > 0. */
  readonly tanhScale: number;
  /** Scores of at least this size leave the neutral state, inside (0, 1). */
  readonly thresholdNeutral: number;
  /** Bins a derivative is compared with, its own included, ≥ 2. */
  readonly zscoreWindowBins: number;
  /** Bins before the first score, from 2 to `zscoreWindowBins`. */
  readonly zscoreMinPeriods: number;
  /** Projection horizons in ms, unique. */
  readonly horizonsMs: readonly number[];
  /** Time step where timestamps do not advance, s, > 0. */
  readonly defaultDtS: number;
  readonly projection: ProjectionModel;
}

/**
 * Checks everything of the settings but the projection, which checks itself.
 *
 * @throws {RangeError} Naming the first setting that is out of range.
 */
export function checkSpectrumParams(p: SpectrumParams): void {
  requireInteger("nTicks", p.nTicks, 1);
  if (p.windows.length === 0 || p.windows.length !== p.rollupWeights.length) {
    throw new RangeError(
      "Cannot create a spectrum as windows and rollupWeights must be equally many and not empty: " +
        `there are ${p.windows.length} and ${p.rollupWeights.length}`,
    );
  }
  for (const w of p.windows) requireInteger("windows", w, 1);
  for (const w of p.rollupWeights) requirePositive("rollupWeights", w);
  if (p.derivativeWeights.length !== 3) {
    throw new RangeError(
      `Cannot create a spectrum as derivativeWeights must be 3: there are ${p.derivativeWeights.length}`,
    );
  }
  for (const w of p.derivativeWeights) requirePositive("derivativeWeights", w);
  requirePositive("tanhScale", p.tanhScale);
  requirePositive("thresholdNeutral", p.thresholdNeutral);
  if (p.thresholdNeutral >= 1) {
    throw new RangeError(
      `Cannot create a spectrum as thresholdNeutral must be < 1: it is ${p.thresholdNeutral}`,
    );
  }
  requireInteger("zscoreWindowBins", p.zscoreWindowBins, 2);
  requireInteger("zscoreMinPeriods", p.zscoreMinPeriods, 2);
  if (p.zscoreMinPeriods > p.zscoreWindowBins) {
    throw new RangeError(
      `Cannot create a spectrum as zscoreMinPeriods must be <= ${p.zscoreWindowBins}: ` +
        `it is ${p.zscoreMinPeriods}`,
    );
  }
  requirePositive("defaultDtS", p.defaultDtS);
}

/**
 * Checks the shapes that one bin comes in.
 *
 * @throws {RangeError} When a length, the count or the time is out of range.
 */
export function checkUpdate(
  n: number,
  tsNs: number,
  pressure: Float64Array,
  vacuum: Float64Array,
  active: Int32Array,
  activeCount: number,
): void {
  if (pressure.length !== n || vacuum.length !== n) {
    throw new RangeError(
      `Cannot update a spectrum as both forces must have length ${n}: ` +
        `they have ${pressure.length} and ${vacuum.length}`,
    );
  }
  if (!(activeCount >= 0 && activeCount <= active.length)) {
    throw new RangeError(
      `Cannot update a spectrum as activeCount must be 0 to ${active.length}: it is ${activeCount}`,
    );
  }
  if (!Number.isFinite(tsNs)) {
    throw new RangeError(`Cannot update a spectrum as tsNs must be finite: it is ${tsNs}`);
  }
}

/** The weights divided by their sum, which is taken in order. */
export function normalisedWeights(weights: readonly number[]): Float64Array {
  let sum = 0;
  for (const w of weights) sum += w;
  return Float64Array.from(weights, (w) => w / sum);
}

function requireInteger(name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least)) {
    throw new RangeError(
      `Cannot create a spectrum as ${name} must be an integer >= ${least}: it is ${value}`,
    );
  }
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`Cannot create a spectrum as ${name} must be > 0: it is ${value}`);
  }
}
