import type { LabConfig } from "../config.ts";

/** A forecast whose target has come, as the learner sees it. */
export interface Lesson {
  /** Horizon, 1..H. */
  readonly h: number;
  /** What came minus the forecast, ticks. */
  readonly err: number;
  /** Shape [7], tangent of the forecast. */
  readonly J: ArrayLike<number>;
  /** Shape [7], weights that the forecast was made with. */
  readonly theta: ArrayLike<number>;
}

/** Shape of the loss. */
export type LossConfig = Pick<LabConfig, "huber" | "alphaSlope">;

/**
 * The lesson's residual under other weights, to first order: feedback is up to H ticks old.
 *
 * @param theta Shape [7].
 * @returns Ticks.
 */
export function residualUnder(
  { err, J, theta: origin }: Lesson,
  theta: ArrayLike<number>,
): number {
  let residual = err;
  for (let j = 0; j < J.length; j++) residual -= J[j]! * (theta[j]! - origin[j]!);
  return residual;
}

/** Weight of a residual in reweighted least squares under Huber's loss, in (0, 1]. */
export function huberWeight(residual: number, { huber }: LossConfig): number {
  const size = Math.abs(residual);
  return size <= huber ? 1 : huber / size;
}

/** Weight of a horizon in the loss, rising with it. */
export function horizonWeight(h: number, { alphaSlope }: LossConfig): number {
  return 1 + alphaSlope * (h - 1);
}
