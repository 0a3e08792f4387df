import { checkPairs } from "./pairs.ts";

/** Chances of one height, and how often they came true. */
export interface ChanceBin {
  /** Forecasts in the bin. */
  readonly count: number;
  /** Mean chance forecast, 0 to 1. */
  readonly chance: number;
  /** Share that came true, 0 to 1; equals the chance when it is calibrated. */
  readonly happened: number;
}

/**
 * Mean squared error of forecast chances, 0 to 1, smaller is better; NaN of none.
 *
 * @param happened 1 or 0, one per forecast.
 * @param chances 0 to 1.
 * @throws {LabError} When the lengths differ.
 * @see Brier (1950), "Verification of forecasts expressed in terms of probability".
 */
export function brierScore(happened: ArrayLike<number>, chances: ArrayLike<number>): number {
  checkPairs(happened, chances);
  let sum = 0;
  for (let i = 0; i < chances.length; i++) sum += (chances[i]! - happened[i]!) ** 2;
  return sum / chances.length;
}

/**
 * Reliability of forecast chances in equal bins of [0, 1]; bins without forecasts are left out.
 *
 * @param bins At least 1.
 * @throws {LabError} When the lengths differ.
 */
export function reliability(
  happened: ArrayLike<number>,
  chances: ArrayLike<number>,
  bins = 10,
): readonly ChanceBin[] {
  checkPairs(happened, chances);
  const sums = Array.from({ length: bins }, () => ({ count: 0, chance: 0, happened: 0 }));
  for (let i = 0; i < chances.length; i++) {
    const bin = sums[Math.min(bins - 1, Math.floor(chances[i]! * bins))]!;
    bin.count++;
    bin.chance += chances[i]!;
    bin.happened += happened[i]!;
  }
  return sums.filter(({ count }) => count > 0).map(({ count, chance, happened }) => ({
    count,
    chance: chance / count,
    happened: happened / count,
  }));
}
