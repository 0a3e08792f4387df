import { checkPairs } from "./pairs.ts";
import { type IntervalOptions, skill, skillInterval } from "./skill.ts";

/** What forecasts of one group were worth. */
export interface GroupSkill {
  readonly count: number;
  readonly skill: number;
  /** 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * Skill by a label of the origins: part of the day, third of volatility, regime of a synthetic market.
 * Labels group scores; no forecast knows them.
 *
 * @param labels One per outcome.
 * @returns By label, in the order of their first outcomes.
 * @throws {LabError} When the lengths differ.
 */
export function skillByGroup<Label>(
  act: ArrayLike<number>,
  pred: ArrayLike<number>,
  labels: ArrayLike<Label>,
  options: IntervalOptions,
): ReadonlyMap<Label, GroupSkill> {
  checkPairs(act, pred);
  checkPairs(act, labels);
  const rows = Map.groupBy(Array.from(labels, (_, i) => i), (i) => labels[i]!);
  return new Map(
    [...rows].map(([label, of]) => {
      const acts = of.map((i) => act[i]!);
      const preds = of.map((i) => pred[i]!);
      const interval = skillInterval(acts, preds, options);
      return [label, { count: of.length, skill: skill(acts, preds), interval }];
    }),
  );
}
