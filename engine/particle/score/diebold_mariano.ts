import { checkPairs } from "./pairs.ts";

/**
 * Test of equal accuracy against the random walk: t of the mean saving of squared error, with the
 * variance of overlapping forecasts by Newey and West. Above 0 the forecast is the better one.
 *
 * @param act Realised moves, ticks, in time order.
 * @param pred Forecasts of them, ticks.
 * @param h Horizon of the forecasts, samples, >= 1.
 * @returns t, 0 when all savings are equal; and the lag of the variance, max(h - 1, floor(n^(1/3))).
 * @throws {LabError} When the lengths differ or there are no samples.
 * @see Diebold and Mariano (1995), "Comparing predictive accuracy"; Newey and West (1987).
 */
export function dieboldMariano(
  act: ArrayLike<number>,
  pred: ArrayLike<number>,
  h: number,
): { readonly t: number; readonly lag: number } {
  checkPairs(act, pred, 1);
  const n = act.length;
  const saved = Float64Array.from(act, (moved, i) => moved ** 2 - (moved - pred[i]!) ** 2);
  const mean = saved.reduce((sum, value) => sum + value, 0) / n;
  const lag = Math.max(h - 1, wholeCubeRoot(n));
  let variance = autocovariance(saved, mean, 0);
  for (let l = 1; l <= lag && l < n; l++) {
    variance += 2 * (1 - l / (lag + 1)) * autocovariance(saved, mean, l);
  }
  return { t: variance > 0 ? mean / Math.sqrt(variance / n) : 0, lag };
}

/** Greatest whole number whose cube is not above n; a power with a fraction may miss it by one. */
function wholeCubeRoot(n: number): number {
  let root = Math.round(Math.cbrt(n));
  if (root ** 3 > n) root--;
  return root;
}

function autocovariance(values: Float64Array, mean: number, lag: number): number {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += (values[i]! - mean) * (values[i - lag]! - mean);
  return sum / values.length;
}
