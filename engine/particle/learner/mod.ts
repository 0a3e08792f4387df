/**
 * How the weights learn from forecasts whose target has come.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { DEFAULT_LAB } from "../config.ts";
 * import { GaussNewton } from "./mod.ts";
 *
 * const learner = new GaussNewton(DEFAULT_LAB);
 * const J = [0, 0, 0, 0, 2, 0, 0];
 * learner.learn([{ h: 1, err: 1, J, theta: learner.theta.slice() }], 1);
 * ok(learner.theta[4]! > 0); // the price went up, so the drift rises
 * ```
 *
 * @module
 */

export { factor, solve } from "./cholesky.ts";
export { GaussNewton, type GaussNewtonConfig } from "./gauss_newton.ts";
export type { Learner, LearnerState } from "./learner.ts";
export type { Lesson } from "./lesson.ts";
export { NormalisedDescent } from "./normalised_descent.ts";
export { rlsStep } from "./rls_step.ts";
