import { DEFAULT_LAB } from "../config.ts";
import { GaussNewton, type GaussNewtonConfig } from "./gauss_newton.ts";
import type { Lesson } from "./lesson.ts";

/** What a step of the recursive learner leads to. */
export interface RlsStep {
  /** Shape [7]. */
  readonly theta: Float64Array;
  /** Curvature, 7 by 7, row-major. */
  readonly A: Float64Array;
  /** Factor that the trust region put on the step, in (0, 1]. */
  readonly scale: number;
  /** Weights led to a bound, rising. */
  readonly pinned: readonly number[];
}

/**
 * Returns one step of {@link GaussNewton} from a given state.
 *
 * @param cfg What differs from the default lab.
 * @param theta Shape [7], inside the bounds.
 * @param A Curvature, 7 rows of 7 or flat.
 * @param items Lessons of one tick.
 */
export function rlsStep(
  cfg: Partial<GaussNewtonConfig>,
  theta: ArrayLike<number>,
  A: readonly (readonly number[])[] | Float64Array,
  items: readonly Lesson[],
): RlsStep {
  const learner = new GaussNewton({ ...DEFAULT_LAB, ...cfg });
  learner.restore({
    theta: Float64Array.from(theta),
    curvature: A instanceof Float64Array ? A : Float64Array.from(A.flat()),
    residualSq: NaN,
    priorScale: 1,
    resets: 0,
  });
  learner.learn(items, items.length);
  return { theta: learner.theta, A: learner.A, scale: learner.scale, pinned: learner.pinned };
}
