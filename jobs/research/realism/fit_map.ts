import { isotonicPools } from "../../../engine/analysis/mod.ts";
import { type MapStep, type MeasuredBin, type ScoreMap, stepOf } from "../../../engine/flow/mod.ts";
import type { JudgedEvent } from "../../../engine/realism/mod.ts";
import { PRESET_IDS } from "../../../engine/regime/mod.ts";
import type { JudgedSample } from "./judged_sample.ts";

/** Events behind a step at least: a share of them is known to some three in a hundred. */
const LEAST_EVENTS = 200;
const BINS = 10;

type Scored = Pick<JudgedEvent, "score" | "isRight">;

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * The steps of a map from what was said and what was right. A step begins at the least score that it was
 * learned from, the first at 0. None is certain: that all of n events were right shows no more than n in n + 1.
 */
export function stepsOf(events: readonly Scored[], leastEvents = LEAST_EVENTS): MapStep[] {
  const least = 1 / (events.length + 1);
  return isotonicPools(events, leastEvents).map(({ from, count, right }, i) => ({
    from: i === 0 ? 0 : rounded(from),
    probability: rounded(Math.min(1 - least, Math.max(least, right / count))),
    events: count,
  }));
}

/** What a map says of events against what is right, by tenth of the score. */
export function measuredBins(
  steps: readonly MapStep[],
  events: readonly Scored[],
): { readonly error: number; readonly bins: readonly MeasuredBin[] } {
  const sums = Array.from({ length: BINS }, () => ({ n: 0, right: 0, said: 0 }));
  for (const { score, isRight } of events) {
    const sum = sums[Math.min(BINS - 1, Math.floor(score * BINS + 1e-9))];
    if (sum === undefined) continue;
    sum.n++;
    sum.said += stepOf({ steps }, score).probability;
    if (isRight) sum.right++;
  }
  const distance = sums.reduce((all, { right, said }) => all + Math.abs(right - said), 0);
  return {
    error: rounded(distance / events.length),
    bins: sums.flatMap(({ n, right, said }, bin) =>
      n === 0
        ? []
        : [{ from: bin / BINS, events: n, right: rounded(right / n), said: rounded(said / n) }]
    ),
  };
}

/** A map that is learned from one sample and measured on another. */
export function fitMap(learned: JudgedSample, unseen: JudgedSample, date: string): ScoreMap {
  const steps = stepsOf(learned.events);
  const measured = { ...unseen.of, ...measuredBins(steps, unseen.events) };
  return { date, presets: PRESET_IDS, learned: learned.of, steps, measured };
}
