import { Cone } from "../../../engine/signals/mod.ts";

/** Mids between two samples of the cone. */
const MIDS_PER_SECOND = 10;
/** Quantiles of |Z| of a standard normal: the intervals of a naive forecast with the same deviation. */
const NAIVE_50 = 0.674490;
const NAIVE_80 = 1.281552;

/** One interval and what became of it, ticks. */
export interface Outcome {
  /** Deviation that was expected over the horizon. */
  readonly deviation: number;
  readonly half50: number;
  readonly half80: number;
  /** Size of the move over the horizon. */
  readonly size: number;
}

/** What intervals held, shares 0 to 1. */
export interface Coverage {
  readonly outcomes: number;
  readonly held50: number;
  readonly held80: number;
  /** Held by intervals that take the moves for normal. */
  readonly naive50: number;
  readonly naive80: number;
  /** Held of 80 % in the third with the smallest expected deviation, the middle one, and the largest. */
  readonly thirds: readonly number[];
  /** Share of outcomes in which the mid did not change. */
  readonly same: number;
}

/**
 * Runs the cone over mids and pairs every interval with its outcome, from the first one on: each is
 * drawn before its outcome is known.
 *
 * @param mids Ticks, ten a second, NaN where the book says none.
 * @param horizonS Whole seconds.
 */
export function coneOutcomes(mids: Float64Array, horizonS: number): readonly Outcome[] {
  const cone = new Cone([horizonS]);
  const [horizon] = cone.horizons;
  const outcomes: Outcome[] = [];
  let waiting: { mid: number; deviation: number; half50: number; half80: number }[] = [];
  let sinceSample = -1;
  for (const mid of mids) {
    if (Number.isNaN(mid)) {
      cone.break();
      waiting = [];
      sinceSample = -1;
      continue;
    }
    sinceSample++;
    if (sinceSample % MIDS_PER_SECOND !== 0 || horizon === undefined) continue;
    cone.add(mid);
    if (waiting.length === horizonS) {
      const { mid: origin, ...interval } = waiting.shift()!;
      outcomes.push({ ...interval, size: Math.abs(mid - origin) });
    }
    const { half50, half80 } = horizon;
    if (Number.isNaN(half80)) continue;
    waiting.push({ mid, deviation: cone.sigma * Math.sqrt(horizonS), half50, half80 });
  }
  return outcomes;
}

/** What the intervals of some outcomes held. */
export function coverageOf(outcomes: readonly Outcome[]): Coverage {
  const held = (of: readonly Outcome[], half: (outcome: Outcome) => number) =>
    of.filter((outcome) => outcome.size <= half(outcome)).length / of.length;
  const byDeviation = outcomes.toSorted((a, b) => a.deviation - b.deviation);
  const third = (i: number) =>
    byDeviation.slice(
      Math.floor(i * outcomes.length / 3),
      Math.floor((i + 1) * outcomes.length / 3),
    );
  return {
    outcomes: outcomes.length,
    held50: held(outcomes, ({ half50 }) => half50),
    held80: held(outcomes, ({ half80 }) => half80),
    naive50: held(outcomes, ({ deviation }) => NAIVE_50 * deviation),
    naive80: held(outcomes, ({ deviation }) => NAIVE_80 * deviation),
    thirds: [0, 1, 2].map((i) => held(third(i), ({ half80 }) => half80)),
    same: held(outcomes, () => 0),
  };
}
