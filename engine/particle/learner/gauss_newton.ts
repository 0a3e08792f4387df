import { type LabConfig, WEIGHTS } from "../config.ts";
import { BoundedStep, type StepBounds } from "./bounded_step.ts";
import { factor, solve } from "./cholesky.ts";
import type { Learner, LearnerState } from "./learner.ts";
import {
  horizonWeight,
  huberWeight,
  type Lesson,
  type LossConfig,
  residualUnder,
} from "./lesson.ts";

/** Constants of the recursive learner. */
export type GaussNewtonConfig =
  & LossConfig
  & StepBounds
  & Pick<LabConfig, "H" | "lam" | "R" | "theta0">;

const ERROR_SHARE = 0.01;

/**
 * Recursive Gauss-Newton on exact tangents with anchored forgetting.
 *
 * V_k(theta) = lam V_{k-1} + 1/2 sum w eps^2 + 1/2 (1 - lam) (theta - theta0)' R (theta - theta0): what
 * forgetting takes, the prior gives back, so that the curvature never falls below R and a quiet
 * market winds up no covariance. Huber's weights bound what one print may do, and no weight moves
 * by more than stepMax in a tick.
 */
export class GaussNewton implements Learner {
  readonly theta: Float64Array;
  readonly pinned: readonly number[];
  resets = 0;
  /** Curvature of the loss, 7 by 7, row-major, symmetric. */
  readonly A = new Float64Array(WEIGHTS * WEIGHTS);
  readonly #cfg: GaussNewtonConfig;
  readonly #step: BoundedStep;
  readonly #g = new Float64Array(WEIGHTS);
  readonly #scratch = new Float64Array(WEIGHTS * WEIGHTS);
  readonly #column = new Float64Array(WEIGHTS);
  #safe: Float64Array;
  #residualSq = NaN;
  #priorScale = 1;

  constructor(cfg: GaussNewtonConfig) {
    this.#cfg = cfg;
    this.theta = Float64Array.from(cfg.theta0);
    this.#safe = this.theta.slice();
    this.#step = new BoundedStep(cfg);
    this.pinned = this.#step.pinned;
    this.#restart();
  }

  get scale(): number {
    return this.#step.scale;
  }

  rescale(scale: number): void {
    this.#priorScale = scale;
    this.#restart();
  }

  learn(lessons: readonly Lesson[], count: number): void {
    if (count === 0) return;
    this.#forget();
    for (let i = 0; i < count; i++) {
      const lesson = lessons[i];
      if (lesson !== undefined) this.#add(lesson);
    }
    this.#step.move(this.A, this.#g, this.theta);
    if (this.theta.every(Number.isFinite) && this.A.every(Number.isFinite)) {
      this.#safe.set(this.theta);
      return;
    }
    this.theta.set(this.#safe);
    this.#restart();
    this.resets++;
  }

  writeErrors(out: Float64Array): void {
    const variance = this.#cfg.H * this.#residualSq; // forecasts of H ticks overlap
    this.#scratch.set(this.A);
    factor(this.#scratch, WEIGHTS, WEIGHTS);
    for (let j = 0; j < WEIGHTS; j++) {
      this.#column.fill(0);
      this.#column[j] = 1;
      solve(this.#scratch, WEIGHTS, WEIGHTS, this.#column);
      out[j] = Math.sqrt(variance * this.#column[j]!);
    }
  }

  #restart(): void {
    this.A.fill(0);
    for (let j = 0; j < WEIGHTS; j++) this.A[j * WEIGHTS + j] = this.#prior(j);
  }

  #prior(j: number): number {
    return this.#cfg.R[j]! * this.#priorScale;
  }

  /** Takes a share of the curvature and gives it back from the prior. */
  #forget(): void {
    const { lam, theta0 } = this.#cfg;
    for (let i = 0; i < this.A.length; i++) this.A[i] = lam * this.A[i]!;
    for (let j = 0; j < WEIGHTS; j++) {
      const given = (1 - lam) * this.#prior(j);
      this.A[j * WEIGHTS + j] = this.A[j * WEIGHTS + j]! + given;
      this.#g[j] = given * (theta0[j]! - this.theta[j]!);
    }
  }

  #add(lesson: Lesson): void {
    const residual = residualUnder(lesson, this.theta);
    const omega = huberWeight(residual, this.#cfg);
    const weight = horizonWeight(lesson.h, this.#cfg) * omega;
    const { J } = lesson;
    for (let i = 0; i < WEIGHTS; i++) {
      const scaled = weight * J[i]!;
      this.#g[i] = this.#g[i]! + scaled * residual;
      for (let j = 0; j < WEIGHTS; j++) {
        this.A[i * WEIGHTS + j] = this.A[i * WEIGHTS + j]! + scaled * J[j]!;
      }
    }
    const squared = omega * residual * residual;
    if (Number.isNaN(this.#residualSq)) this.#residualSq = squared;
    else this.#residualSq += ERROR_SHARE * (squared - this.#residualSq);
  }

  save(): LearnerState {
    return {
      theta: this.theta.slice(),
      curvature: this.A.slice(),
      residualSq: this.#residualSq,
      priorScale: this.#priorScale,
      resets: this.resets,
    };
  }

  restore({ theta, curvature, residualSq, priorScale, resets }: LearnerState): void {
    this.theta.set(theta);
    this.#safe.set(theta);
    this.A.set(curvature);
    this.#residualSq = residualSq;
    this.#priorScale = priorScale;
    this.resets = resets;
  }
}
