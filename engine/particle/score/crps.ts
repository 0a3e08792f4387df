import { checkPairs } from "./pairs.ts";

/** Quantiles that a predictive distribution is scored by: 0.05, 0.10 … 0.95. */
export const CRPS_LEVELS: readonly number[] = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/** Loss of a quantile forecast, in the unit of the outcome, >= 0. @param level In (0, 1). */
export function pinballLoss(quantile: number, act: number, level: number): number {
  return act >= quantile ? level * (act - quantile) : (1 - level) * (quantile - act);
}

/**
 * Continuous ranked probability score of a predictive distribution, by twice the mean pinball loss of
 * its quantiles; in the unit of the outcome, smaller is better.
 *
 * @param quantiles At {@link CRPS_LEVELS}, ascending.
 * @see Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation".
 */
export function crps(quantiles: ArrayLike<number>, act: number): number {
  checkPairs(CRPS_LEVELS, quantiles);
  let sum = 0;
  for (let i = 0; i < CRPS_LEVELS.length; i++) {
    sum += pinballLoss(quantiles[i]!, act, CRPS_LEVELS[i]!);
  }
  return (2 * sum) / CRPS_LEVELS.length;
}

/**
 * Share of a reference's loss that a model saves, `1 - Σ model / Σ reference`; 0 when the reference
 * lost nothing.
 *
 * @param model Losses, one per outcome.
 * @param reference Losses of the same outcomes: for CRPS those of the same bands about 0.
 * @throws {LabError} When the lengths differ.
 */
export function savedShare(model: ArrayLike<number>, reference: ArrayLike<number>): number {
  checkPairs(reference, model);
  let [own, other] = [0, 0];
  for (let i = 0; i < model.length; i++) {
    own += model[i]!;
    other += reference[i]!;
  }
  return other > 0 ? 1 - own / other : 0;
}
