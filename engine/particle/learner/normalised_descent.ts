import { type LabConfig, WEIGHTS } from "../config.ts";
import type { StepBounds } from "./bounded_step.ts";
import type { Learner, LearnerState } from "./learner.ts";
import {
  horizonWeight,
  huberWeight,
  type Lesson,
  type LossConfig,
  residualUnder,
} from "./lesson.ts";

/** Constants of the descent. */
export type DescentConfig =
  & LossConfig
  & StepBounds
  & Pick<LabConfig, "lam" | "theta0" | "eta" | "betaD" | "epsD">;

/**
 * Stochastic gradient descent, normalised by a running diagonal curvature. For crowds of learners: it
 * costs seven numbers of state where Gauss-Newton has 49, and learns more slowly.
 */
export class NormalisedDescent implements Learner {
  readonly theta: Float64Array;
  readonly scale = 1;
  readonly pinned: number[] = [];
  resets = 0;
  readonly #cfg: DescentConfig;
  readonly #curvature = new Float64Array(WEIGHTS).fill(1);
  readonly #gradient = new Float64Array(WEIGHTS);
  readonly #squares = new Float64Array(WEIGHTS);
  readonly #safe: Float64Array;

  constructor(cfg: DescentConfig) {
    this.#cfg = cfg;
    this.theta = Float64Array.from(cfg.theta0);
    this.#safe = this.theta.slice();
  }

  rescale(): void {
    this.#curvature.fill(1);
  }

  learn(lessons: readonly Lesson[], count: number): void {
    if (count === 0) return;
    this.#sum(lessons, count);
    this.#step(this.#normaliser());
    if (this.theta.every(Number.isFinite) && this.#curvature.every(Number.isFinite)) {
      this.#safe.set(this.theta);
      return;
    }
    this.theta.set(this.#safe);
    this.#curvature.fill(1);
    this.resets++;
  }

  writeErrors(out: Float64Array): void {
    out.fill(NaN);
  }

  #sum(lessons: readonly Lesson[], count: number): void {
    this.#gradient.fill(0);
    this.#squares.fill(0);
    for (let i = 0; i < count; i++) {
      const lesson = lessons[i];
      if (lesson === undefined) continue;
      const residual = residualUnder(lesson, this.theta);
      const alpha = horizonWeight(lesson.h, this.#cfg);
      const pull = alpha * huberWeight(residual, this.#cfg) * residual;
      for (let j = 0; j < WEIGHTS; j++) {
        const slope = lesson.J[j]!;
        this.#gradient[j] = this.#gradient[j]! + pull * slope;
        this.#squares[j] = this.#squares[j]! + alpha * slope * slope;
      }
    }
  }

  /** Follows the curvature. @returns 1 + the trace of the normalised one, so steps contract. */
  #normaliser(): number {
    const { betaD, epsD } = this.#cfg;
    let sum = 1;
    for (let j = 0; j < WEIGHTS; j++) {
      this.#curvature[j] = betaD * this.#curvature[j]! + (1 - betaD) * this.#squares[j]!;
      sum += this.#squares[j]! / (this.#curvature[j]! + epsD);
    }
    return sum;
  }

  #step(normaliser: number): void {
    const { eta, epsD, lam, theta0, lo, hi, stepMax } = this.#cfg;
    this.pinned.length = 0;
    for (let j = 0; j < WEIGHTS; j++) {
      const learned = eta * this.#gradient[j]! / ((this.#curvature[j]! + epsD) * normaliser);
      const step = learned + (1 - lam) * (theta0[j]! - this.theta[j]!);
      const moved = this.theta[j]! + Math.min(Math.max(step, -stepMax[j]!), stepMax[j]!);
      this.theta[j] = Math.min(Math.max(moved, lo[j]!), hi[j]!);
      if (moved < lo[j]! || moved > hi[j]!) this.pinned.push(j);
    }
  }

  save(): LearnerState {
    return {
      theta: this.theta.slice(),
      curvature: this.#curvature.slice(),
      residualSq: NaN,
      priorScale: 1,
      resets: this.resets,
    };
  }

  restore({ theta, curvature, resets }: LearnerState): void {
    this.theta.set(theta);
    this.#safe.set(theta);
    this.#curvature.set(curvature);
    this.resets = resets;
  }
}
