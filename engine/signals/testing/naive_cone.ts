import { normalCdf } from "../../dmath/mod.ts";

/** What a cone says at one sample and horizon. */
export interface NaiveInterval {
  readonly half50: number;
  readonly half80: number;
  readonly scored: number;
  readonly held50: number;
  readonly held80: number;
}

interface Outcome {
  readonly ratio: number;
  readonly size: number;
  readonly half50: number;
  readonly half80: number;
}

const edge = (i: number) => i === 0 ? 0 : i === 80 ? Infinity : 2 ** (i / 8 - 6);

/**
 * The cone as its definition reads, from all samples anew: for tests of the fast one.
 *
 * @param samples Mids in ticks, NaN for a hole.
 * @param ahead Horizon in samples.
 * @returns What is said at each sample; null in a hole and before the first move.
 */
export function naiveCone(
  samples: readonly number[],
  ahead: number,
): readonly (NaiveInterval | null)[] {
  const said: (NaiveInterval | null)[] = [];
  const deviations: number[] = [];
  samples.forEach((mid, t) => {
    const outcomes = outcomesUntil(samples, said, deviations, ahead, t);
    deviations[t] = naiveSigma(samples.slice(0, t + 1)) * Math.sqrt(ahead);
    const isKnown = !Number.isNaN(mid) && !Number.isNaN(deviations[t]);
    said[t] = !isKnown ? null : {
      half50: naiveQuantile(outcomes, 0.5) * deviations[t]!,
      half80: naiveQuantile(outcomes, 0.8) * deviations[t]!,
      scored: outcomes.length,
      held50: outcomes.filter(({ size, half50 }) => size <= half50).length,
      held80: outcomes.filter(({ size, half80 }) => size <= half80).length,
    };
  });
  return said;
}

/** Outcomes known at sample t, the oldest first: of every origin from which no hole lies. */
function outcomesUntil(
  samples: readonly number[],
  said: readonly (NaiveInterval | null)[],
  deviations: readonly number[],
  ahead: number,
  t: number,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let origin = 0; origin + ahead <= t; origin++) {
    const interval = said[origin] ?? null;
    const path = samples.slice(origin, origin + ahead + 1);
    if (interval === null || path.some(Number.isNaN)) continue;
    const size = Math.abs(path.at(-1)! - path[0]!);
    const { half50, half80 } = interval;
    outcomes.push({ ratio: size / deviations[origin]!, size, half50, half80 });
  }
  return outcomes;
}

function naiveSigma(samples: readonly number[]): number {
  const moves = samples.slice(1).map((mid, i) => mid - samples[i]!).filter((move) =>
    !Number.isNaN(move)
  );
  const mean = (halfLife: number) => {
    const weights = moves.map((_, i) => 2 ** ((i + 1 - moves.length) / halfLife));
    const sum = moves.reduce((sum, move, i) => sum + weights[i]! * move ** 2, 0);
    return sum / weights.reduce((a, b) => a + b, 0);
  };
  return Math.max(0.05, Math.sqrt((mean(30) + mean(300)) / 2));
}

function naiveQuantile(outcomes: readonly Outcome[], share: number): number {
  const weightOf = (age: number) => 2 ** (-age / 1_200);
  const cells = Array.from({ length: 80 }, (_, i) => {
    const prior = 120 * (normalCdf(edge(i + 1)) - normalCdf(edge(i))) * weightOf(outcomes.length);
    return outcomes.reduce((sum, { ratio }, k) => {
      const isIn = ratio >= edge(i) && ratio < edge(i + 1);
      return isIn ? sum + weightOf(outcomes.length - 1 - k) : sum;
    }, prior);
  });
  let wanted = share * cells.reduce((a, b) => a + b, 0);
  for (let i = 0; i < 80; i++) {
    if (wanted > cells[i]!) wanted -= cells[i]!;
    else return edge(i) + (wanted / cells[i]!) * (2 ** ((i + 1) / 8 - 6) - edge(i));
  }
  return 16;
}
