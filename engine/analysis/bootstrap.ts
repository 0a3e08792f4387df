import { Xoshiro256 } from "../prng/mod.ts";
import { percentile } from "../stats/mod.ts";
import { OUTCOME, type OutcomeTable } from "./outcomes.ts";

/** Ends of a 95 % confidence interval; null when the sample is too small to have one. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Resamples behind an interval. */
const RESAMPLES = 1_000;
/** Samples below which no interval is given. */
const LEAST_SAMPLES = 5;

/**
 * Confidence interval of a ratio of sums, `Σ numerator / Σ denominator`, by the circular block
 * bootstrap: samples are drawn in runs of neighbours, so that what hangs together stays together.
 *
 * @param numerator In time order.
 * @param denominator One per numerator; all 1 for a mean.
 * @param block Samples per run, ≥ 1; held to the number of samples.
 * @param stream Number of the stream of draws; equal inputs give equal intervals.
 * @see Politis and Romano (1992), "A circular block-resampling procedure for stationary data".
 */
export function bootstrapRatio(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  block: number,
  seed: number,
  stream: number,
): Interval | null {
  const n = numerator.length;
  if (n < LEAST_SAMPLES) return null;
  const length = Math.min(n, Math.max(1, Math.ceil(block)));
  const tops = prefix(numerator);
  const bottoms = prefix(denominator);
  const random = new Xoshiro256(seed, stream);
  const values = new Float64Array(RESAMPLES);
  let kept = 0;
  for (let r = 0; r < RESAMPLES; r++) {
    let top = 0;
    let bottom = 0;
    for (let left = n; left > 0; left -= length) {
      const from = random.below(n);
      const to = from + Math.min(length, left);
      top += tops[to]! - tops[from]!;
      bottom += bottoms[to]! - bottoms[from]!;
    }
    if (bottom !== 0) values[kept++] = top / bottom;
  }
  if (kept < RESAMPLES / 2) return null;
  const found = values.subarray(0, kept);
  return { low: percentile(found, 2.5), high: percentile(found, 97.5) };
}

/** Sums of the first i values of the sequence written twice. Shape [2n + 1]. */
function prefix(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const out = new Float64Array(2 * n + 1);
  for (let i = 0; i < 2 * n; i++) out[i + 1] = out[i]! + values[i < n ? i : i - n]!;
  return out;
}

/**
 * Trades per bootstrap run: at least the cube root of their number, and as many as are open at once on
 * average, since those share a path of prices.
 *
 * @param places Of the trades, in time order.
 */
export function tradeBlock(places: Int32Array, table: OutcomeTable): number {
  const n = places.length;
  if (n < 2) return 1;
  let held = 0;
  for (const at of places) held += table.exit[at]! - (at >> 1);
  const span = (places[n - 1]! >> 1) - (places[0]! >> 1) + 1;
  let root = 1;
  while (root * root * root < n) root++;
  return Math.max(root, Math.ceil(held / span));
}

/** Interval of the share of trades that took profit. */
export function tpInterval(
  places: Int32Array,
  table: OutcomeTable,
  seed: number,
  stream: number,
): Interval | null {
  const hits = Float64Array.from(places, (at) => table.kind[at] === OUTCOME.TP ? 1 : 0);
  return bootstrapRatio(hits, ones(hits.length), tradeBlock(places, table), seed, stream);
}

/** Interval of the mean profit per trade, ticks. */
export function pnlInterval(
  places: Int32Array,
  table: OutcomeTable,
  seed: number,
  stream: number,
): Interval | null {
  const pnl = Float64Array.from(places, (at) => table.pnl[at]!);
  return bootstrapRatio(pnl, ones(pnl.length), tradeBlock(places, table), seed, stream);
}

function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}
