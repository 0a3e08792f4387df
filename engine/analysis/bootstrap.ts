import { Xoshiro256 } from "../prng/mod.ts";
import { type Interval, percentile, resampledRatios } from "../stats/mod.ts";
import { OUTCOME, type OutcomeTable } from "./outcomes.ts";

/** Resamples behind an interval. */
const RESAMPLES = 1_000;
/** Samples below which no interval is given. */
const LEAST_SAMPLES = 5;

/**
 * 95 % confidence interval of a ratio of sums, `Σ numerator / Σ denominator`, by the circular block
 * bootstrap; null when the sample is too small to have one.
 *
 * @param numerator In time order.
 * @param denominator One per numerator; all 1 for a mean.
 * @param block Samples per run, ≥ 1; held to the number of samples.
 * @param stream Number of the stream of draws; equal inputs give equal intervals.
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
  const random = new Xoshiro256(seed, stream);
  const startOf = () => random.below(n);
  const ratios = resampledRatios(numerator, denominator, { block, resamples: RESAMPLES, startOf });
  if (ratios.length < RESAMPLES / 2) return null;
  return { low: percentile(ratios, 2.5), high: percentile(ratios, 97.5) };
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
