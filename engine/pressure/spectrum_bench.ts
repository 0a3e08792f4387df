import { percentile } from "../stats/mod.ts";
import { NaiveSpectrum } from "./_spectrum_naive.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { Spectrum, type SpectrumParams } from "./spectrum.ts";

/** Time per bin of the spectrum and of its definition on the same input. */
export interface SpectrumBenchResult {
  /** Bins timed for each of the two. */
  readonly bins: { readonly naive: number; readonly incremental: number };
  /** ms per bin. */
  readonly naive: { readonly p50: number; readonly p99: number };
  /** ms per bin. */
  readonly incremental: { readonly p50: number; readonly p99: number };
  /** Largest difference of any score in the last bin that both saw; 0 when they agree. */
  readonly maxDifference: number;
}

/** Size of the run; the defaults are the full grid at a full window. */
export interface SpectrumBenchOptions {
  readonly nTicks?: number;
  readonly activeTicks?: number;
  readonly bins?: number;
  readonly naiveBins?: number;
}

/** Shipped settings: 100 ms bins, four rolling means, z against 300 bins. */
export const BENCH_PARAMS: SpectrumParams = {
  nTicks: 8_192,
  windows: [5, 10, 20, 40],
  rollupWeights: [1, 1, 1, 1],
  derivativeWeights: [0.55, 0.3, 0.15],
  tanhScale: 3,
  thresholdNeutral: 0.15,
  zscoreWindowBins: 300,
  zscoreMinPeriods: 75,
  horizonsMs: [100, 200, 300, 400],
  defaultDtS: 0.1,
  projection: QUADRATIC_PROJECTION,
};

/**
 * Times `Spectrum.update` on a full grid against sorting each window anew. The windows of both are
 * full before the clock starts. To be kind to the definition it gets only the active ticks.
 *
 * @param now A clock in ms.
 */
export function benchSpectrum(
  now: () => number,
  options: SpectrumBenchOptions = {},
): SpectrumBenchResult {
  const { nTicks = 8_192, activeTicks = 200, bins = 2_000, naiveBins = 40 } = options;
  const warm = BENCH_PARAMS.zscoreWindowBins;
  const sparse = createForces(nTicks, activeTicks);
  const dense = createForces(activeTicks, activeTicks);
  const spectrum = new Spectrum({ ...BENCH_PARAMS, nTicks });
  const naive = new NaiveSpectrum({ ...BENCH_PARAMS, nTicks: activeTicks });
  const fast = new Float64Array(bins);
  const slow = new Float64Array(naiveBins);
  let maxDifference = 0;
  for (let bin = 0; bin < warm + bins; bin++) {
    sparse.step(bin);
    const begin = now();
    spectrum.update(bin * 1e8, sparse.pressure, sparse.vacuum, sparse.active, activeTicks);
    if (bin >= warm) fast[bin - warm] = now() - begin;
    if (bin >= warm + naiveBins) continue;
    dense.step(bin);
    const naiveBegin = now();
    naive.update(bin * 1e8, dense.pressure, dense.vacuum);
    if (bin < warm) continue;
    slow[bin - warm] = now() - naiveBegin;
    dense.active.forEach((tick, i) => {
      const difference = Math.abs(naive.score[tick]! - spectrum.score[sparse.active[i]!]!);
      maxDifference = Math.max(maxDifference, difference);
    });
  }
  return {
    bins: { naive: naiveBins, incremental: bins },
    naive: { p50: percentile(slow, 50), p99: percentile(slow, 99) },
    incremental: { p50: percentile(fast, 50), p99: percentile(fast, 99) },
    maxDifference,
  };
}

/** Forces of ticks in the middle of a grid: bursts that decay, from a fixed integer sequence. */
export function createForces(nTicks: number, activeTicks: number): {
  readonly pressure: Float64Array;
  readonly vacuum: Float64Array;
  readonly active: Int32Array;
  step(bin: number): void;
} {
  const pressure = new Float64Array(nTicks);
  const vacuum = new Float64Array(nTicks);
  const first = (nTicks - activeTicks) >> 1;
  const active = Int32Array.from({ length: activeTicks }, (_, i) => first + i);
  return {
    pressure,
    vacuum,
    active,
    step(bin: number): void {
      for (let i = 0; i < activeTicks; i++) {
        const tick = first + i;
        const draw = Math.imul(bin * 0x9e3779b1 + i * 0x85ebca6b, 0xc2b2ae35) >>> 0;
        pressure[tick] = pressure[tick]! * 0.95 + (draw % 7 === 0 ? draw % 101 : 0);
        vacuum[tick] = vacuum[tick]! * 0.95 + (draw % 11 === 0 ? draw % 89 : 0);
      }
    },
  };
}
