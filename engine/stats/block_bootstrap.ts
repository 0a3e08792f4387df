/** Ends of a confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How a series is drawn anew. */
export interface BlockPlan {
  /** Samples per block, >= 1; held to the number of samples. */
  readonly block: number;
  /** Resamples, >= 1. */
  readonly resamples: number;
  /** Where a block of a resample starts, 0..n - 1; asked in order, the blocks of a resample first. */
  readonly startOf: (resample: number, block: number) => number;
}

/**
 * Ratios of sums, `Σ numerator / Σ denominator`, over circular block resamples of a series: samples are
 * drawn in runs of neighbours, so that what hangs together stays together. The last block of a resample
 * is cut to the length of the series.
 *
 * @param numerator In time order, shape [n], n >= 1.
 * @param denominator One per numerator; all 1 for a mean.
 * @returns One per resample, in order; a resample whose denominators come to 0 is left out.
 * @see Politis and Romano (1992), "A circular block-resampling procedure for stationary data".
 */
export function resampledRatios(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  { block, resamples, startOf }: BlockPlan,
): Float64Array {
  const n = numerator.length;
  const length = Math.min(n, Math.max(1, Math.ceil(block)));
  const tops = prefix(numerator);
  const bottoms = prefix(denominator);
  const ratios = new Float64Array(resamples);
  let kept = 0;
  for (let r = 0; r < resamples; r++) {
    let top = 0;
    let bottom = 0;
    for (let left = n, j = 0; left > 0; left -= length, j++) {
      const from = startOf(r, j);
      const to = from + Math.min(length, left);
      top += tops[to]! - tops[from]!;
      bottom += bottoms[to]! - bottoms[from]!;
    }
    if (bottom !== 0) ratios[kept++] = top / bottom;
  }
  return ratios.subarray(0, kept);
}

/** Sums of the first i values of the sequence written twice. Shape [2n + 1]. */
function prefix(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const out = new Float64Array(2 * n + 1);
  for (let i = 0; i < 2 * n; i++) out[i + 1] = out[i]! + values[i < n ? i : i - n]!;
  return out;
}
