import { resampledRatios } from "../../stats/mod.ts";
import { LabError } from "../error.ts";
import { type IntervalOptions, philoxStarts } from "./skill.ts";

/** The best of many settings, and the chance to find one as good among settings without skill. */
export interface RealityCheck {
  /** Place of the best. */
  readonly best: number;
  /** Its skill. */
  readonly skill: number;
  /** (0, 1]. */
  readonly p: number;
}

/**
 * Reality check of the best of many settings that were tried on the same outcomes: the block bootstrap
 * of the best of all, each about its own skill, so that trying more settings does not look like skill.
 *
 * @param errors Squared errors by setting, ticks^2; at least one setting, one value per outcome.
 * @param walk Squared errors of the random walk.
 * @throws {LabError} When there is no setting or no outcome, or lengths differ.
 * @see White (2000), "A reality check for data snooping".
 */
export function realityCheck(
  errors: readonly ArrayLike<number>[],
  walk: ArrayLike<number>,
  { L = 120, B = 2_000, seed }: IntervalOptions,
): RealityCheck {
  const n = walk.length;
  if (errors.length === 0 || n === 0 || errors.some(({ length }) => length !== n)) {
    const rule =
      `must have one row at least and ${n} > 0 outcomes in each: there are ${errors.length}`;
    throw new LabError("data", "errors", rule);
  }
  const moved = total(walk);
  if (moved === 0) return { best: 0, skill: 0, p: 1 };
  const skills = errors.map((own) => 1 - total(own) / moved);
  const skill = Math.max(...skills);
  const startOf = knownStarts(philoxStarts(n, seed), Math.ceil(n / Math.min(L, n)), B);
  const lucks = errors.map((own, i) =>
    resampledRatios(own, walk, { block: L, resamples: B, startOf })
      .map((ratio) => 1 - ratio - skills[i]!)
  );
  // Resamples in which nothing moved are left out, the same ones for every setting.
  const kept = lucks[0]!.length;
  let asGood = 0;
  for (let b = 0; b < kept; b++) if (lucks.some((luck) => luck[b]! >= skill)) asGood++;
  return { best: skills.indexOf(skill), skill, p: (1 + asGood) / (1 + kept) };
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Draws every start once: all settings are resampled alike. */
function knownStarts(
  startOf: (resample: number, block: number) => number,
  blocks: number,
  resamples: number,
): (resample: number, block: number) => number {
  const known = new Uint32Array(resamples * blocks);
  for (let b = 0; b < resamples; b++) {
    for (let j = 0; j < blocks; j++) known[b * blocks + j] = startOf(b, j);
  }
  return (resample, block) => known[resample * blocks + block]!;
}
