import { type LabConfig, WEIGHTS } from "../config.ts";
import { factor, solve } from "./cholesky.ts";

/** Bounds of the weights and of their steps. */
export type StepBounds = Pick<LabConfig, "lo" | "hi" | "stepMax">;

/**
 * Solves A step = g inside the bounds of the weights by an active set that only grows, then shrinks
 * the step to the trust region.
 */
export class BoundedStep {
  /** Factor that the trust region put on the last step, in (0, 1]. */
  scale = 1;
  /** Weights that the last step led to a bound, rising. */
  readonly pinned: number[] = [];
  readonly #bounds: StepBounds;
  readonly #matrix = new Float64Array(WEIGHTS * WEIGHTS);
  readonly #right = new Float64Array(WEIGHTS);
  readonly #free = new Int32Array(WEIGHTS);
  readonly #isFixed = new Uint8Array(WEIGHTS);
  readonly #step = new Float64Array(WEIGHTS);

  constructor(bounds: StepBounds) {
    this.#bounds = bounds;
  }

  /**
   * Moves the weights.
   *
   * @param A Curvature, 7 by 7, row-major, positive definite.
   * @param g Negative gradient, shape [7].
   * @param theta Weights inside their bounds, shape [7]; moved in place.
   */
  move(A: Float64Array, g: Float64Array, theta: Float64Array): void {
    const { lo, hi } = this.#bounds;
    this.#isFixed.fill(0);
    while (this.#solveFree(A, g) && this.#fixOutside(theta));
    this.#tellPinned();
    this.scale = this.#trust();
    for (let j = 0; j < WEIGHTS; j++) {
      const moved = theta[j]! + this.scale * this.#step[j]!;
      theta[j] = Math.min(Math.max(moved, lo[j]!), hi[j]!);
    }
  }

  /** Solves for the free weights with the fixed ones where they are. @returns Whether any is free. */
  #solveFree(A: Float64Array, g: Float64Array): boolean {
    let count = 0;
    for (let j = 0; j < WEIGHTS; j++) if (this.#isFixed[j] === 0) this.#free[count++] = j;
    for (let row = 0; row < count; row++) {
      const i = this.#free[row]!;
      let right = g[i]!;
      for (let j = 0; j < WEIGHTS; j++) {
        if (this.#isFixed[j] === 1) right -= A[i * WEIGHTS + j]! * this.#step[j]!;
      }
      this.#right[row] = right;
      for (let col = 0; col <= row; col++) {
        this.#matrix[row * WEIGHTS + col] = A[i * WEIGHTS + this.#free[col]!]!;
      }
    }
    factor(this.#matrix, count, WEIGHTS);
    solve(this.#matrix, count, WEIGHTS, this.#right);
    for (let row = 0; row < count; row++) this.#step[this.#free[row]!] = this.#right[row]!;
    return count > 0;
  }

  /** Fixes the free weights that would leave their bounds. @returns Whether there was one. */
  #fixOutside(theta: Float64Array): boolean {
    const { lo, hi } = this.#bounds;
    let isAny = false;
    for (let j = 0; j < WEIGHTS; j++) {
      const moved = theta[j]! + this.#step[j]!;
      if (this.#isFixed[j] === 1 || (moved >= lo[j]! && moved <= hi[j]!)) continue;
      this.#isFixed[j] = 1;
      this.#step[j] = (moved < lo[j]! ? lo[j]! : hi[j]!) - theta[j]!;
      isAny = true;
    }
    return isAny;
  }

  #tellPinned(): void {
    this.pinned.length = 0;
    for (let j = 0; j < WEIGHTS; j++) if (this.#isFixed[j] === 1) this.pinned.push(j);
  }

  #trust(): number {
    let scale = 1;
    for (let j = 0; j < WEIGHTS; j++) {
      const size = Math.abs(this.#step[j]!);
      if (size > 0) scale = Math.min(scale, this.#bounds.stepMax[j]! / size);
    }
    return scale;
  }
}
