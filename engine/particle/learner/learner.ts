import type { Lesson } from "./lesson.ts";

/** Adapts the weights to what came of the forecasts. */
export interface Learner {
  /** The weights, shape [7]; changed by {@link learn}. */
  readonly theta: Float64Array;
  /** Factor that the trust region put on the last step, in (0, 1]. */
  readonly scale: number;
  /** Weights that the last step led to a bound, rising. */
  readonly pinned: readonly number[];
  /** Times that the learner started again because a number was not finite. */
  readonly resets: number;
  /** Takes the first `count` lessons of one tick together; none changes nothing. */
  learn(lessons: readonly Lesson[], count: number): void;
  /** Writes standard errors of the weights, shape [7]; NaN where there is no curvature. */
  writeErrors(out: Float64Array): void;
  /** Starts the curvature again with the prior scaled; the weights stay. */
  rescale(scale: number): void;
  save(): LearnerState;
  restore(state: LearnerState): void;
}

/** State of a {@link Learner}: weights, curvature (49 or 7 numbers), variance of residuals. */
export interface LearnerState {
  readonly theta: Float64Array;
  readonly curvature: Float64Array;
  readonly residualSq: number;
  readonly priorScale: number;
  readonly resets: number;
}
