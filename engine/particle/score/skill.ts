import { philox2x32 } from "../../prng/mod.ts";
import { resampledRatios } from "../../stats/mod.ts";
import { checkPairs } from "./pairs.ts";

/**
 * Share of the random walk's squared error that a forecast saves, `1 - Σ(act - pred)² / Σ act²`: 1 is
 * perfect, 0 as good as no forecast, below 0 worse. 0 when nothing moved.
 *
 * @param act Realised moves, ticks, in time order.
 * @param pred Forecasts of them, ticks, one each.
 * @throws {LabError} When the lengths differ.
 */
export function skill(act: ArrayLike<number>, pred: ArrayLike<number>): number {
  checkPairs(act, pred);
  let [model, walk] = [0, 0];
  for (let i = 0; i < act.length; i++) {
    model += (act[i]! - pred[i]!) ** 2;
    walk += act[i]! ** 2;
  }
  return walk > 0 ? 1 - model / walk : 0;
}

/** How an interval is resampled. */
export interface IntervalOptions {
  /** Samples per block, >= 1: a minute at least, and twice the horizon. */
  readonly L?: number;
  /** Resamples, >= 1. */
  readonly B?: number;
  /** Key of the draws, whole number in 0..2^32 - 1. */
  readonly seed: number;
}

/** Share of the resamples that lies below the interval, and above. */
const TAIL = 0.025;
const TWO_POW_32 = 4_294_967_296;
const words = new Uint32Array(2);

/**
 * 95 % interval of {@link skill} by the circular block bootstrap of pairs of squared errors. NaN at both
 * ends when nothing moved.
 *
 * @throws {LabError} When the lengths differ or there are no samples.
 * @see Politis and Romano (1992), "A circular block-resampling procedure for stationary data".
 */
export function skillInterval(
  act: ArrayLike<number>,
  pred: ArrayLike<number>,
  { L = 120, B = 2_000, seed }: IntervalOptions,
): readonly [low: number, high: number] {
  checkPairs(act, pred, 1);
  const n = act.length;
  const model = Float64Array.from(act, (moved, i) => (moved - pred[i]!) ** 2);
  const walk = Float64Array.from(act, (moved) => moved ** 2);
  const startOf = philoxStarts(n, seed);
  const ratios = resampledRatios(model, walk, { block: L, resamples: B, startOf });
  const skills = ratios.map((ratio) => 1 - ratio).sort();
  const rank = (q: number) => skills[Math.floor(q * (skills.length - 1) + 0.5)] ?? NaN;
  return [rank(TAIL), rank(1 - TAIL)];
}

/** Starts of blocks by counter: block j of resample b, of n samples. */
export function philoxStarts(n: number, seed: number): (resample: number, block: number) => number {
  return (resample, block) => {
    philox2x32(resample, block, seed, words);
    return Math.floor((words[0]! * n) / TWO_POW_32);
  };
}
