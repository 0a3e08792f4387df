/** How a score is carried a few bins ahead. */
export interface ProjectionModel {
  /** Order of the Taylor step: one, two or three terms after the score. */
  readonly form: "linear" | "quadratic" | "cubic";
  /** Weight of the third-order term, ≥ 0; 1/6 is the Taylor series. Only a cubic form has one. */
  readonly cubicScale: number;
  /** Exponential shrinking per second of horizon, ≥ 0; 0 switches it off. */
  readonly dampingLambda: number;
}

/** Second order, not damped. */
export const QUADRATIC_PROJECTION: ProjectionModel = {
  form: "quadratic",
  cubicScale: 1 / 6,
  dampingLambda: 0,
};

/** A projection with its constants per horizon worked out. */
export interface Projector {
  readonly form: ProjectionModel["form"];
  readonly cubicScale: number;
  /** Shape [horizons], s. */
  readonly horizonsS: Float64Array;
  /** Shape [horizons], factor in (0, 1]. */
  readonly damping: Float64Array;
}

/**
 * Works out the constants of a projection.
 *
 * @param horizonsMs Whole numbers of ms > 0, at least one, no two equal.
 * @throws {RangeError} When a horizon or a parameter is out of range.
 */
export function createProjector(model: ProjectionModel, horizonsMs: readonly number[]): Projector {
  const { form, cubicScale, dampingLambda } = model;
  if (!(cubicScale >= 0 && cubicScale < Infinity)) {
    throw new RangeError(`Cannot project scores as cubicScale must be >= 0: it is ${cubicScale}`);
  }
  if (!(dampingLambda >= 0 && dampingLambda < Infinity)) {
    throw new RangeError(
      `Cannot project scores as dampingLambda must be >= 0: it is ${dampingLambda}`,
    );
  }
  const unique = new Set(horizonsMs);
  if (unique.size === 0 || unique.size !== horizonsMs.length) {
    throw new RangeError(
      `Cannot project scores as horizonsMs must be unique and not empty: they are [${horizonsMs}]`,
    );
  }
  for (const ms of horizonsMs) {
    if (!(Number.isInteger(ms) && ms > 0)) {
      throw new RangeError(
        `Cannot project scores as a horizon must be an integer > 0: it is ${ms}`,
      );
    }
  }
  const horizonsS = Float64Array.from(horizonsMs, (ms) => ms / 1000);
  const damping = horizonsS.map((h) => dampingLambda > 0 ? Math.exp(-dampingLambda * h) : 1);
  return { form, cubicScale, horizonsS, damping };
}

/**
 * Writes the score of one tick at every horizon, clipped to [−1, 1]: a Taylor step from the score and
 * its difference quotients, times the damping. NaN becomes 0.
 *
 * @param from Score, then its first, second and third difference quotients in 1/s, 1/s² and 1/s³, at
 * `at` to `at + 3`.
 * @param columns One per horizon; `columns[h][tick]` is written.
 * @see docs/methods/spectrum.md, "Projection".
 */
export function writeProjections(
  projector: Projector,
  from: Float64Array,
  at: number,
  columns: readonly Float64Array[],
  tick: number,
): void {
  const { horizonsS, damping, cubicScale } = projector;
  const linear = projector.form === "linear";
  const cubic = projector.form === "cubic";
  const score = from[at]!;
  const s1 = from[at + 1]!;
  const s2 = from[at + 2]!;
  const s3 = from[at + 3]!;
  for (let i = 0; i < columns.length; i++) {
    const h = horizonsS[i]!;
    let p = score + s1 * h;
    // Left to right, as published results were computed: (0.5 · s2 · h) · h.
    if (!linear) p += 0.5 * s2 * h * h;
    if (cubic) p += cubicScale * s3 * h * h * h;
    columns[i]![tick] = clipUnit(p * damping[i]!);
  }
}

/** The value held to [−1, 1]; NaN and −0 become 0. */
export function clipUnit(x: number): number {
  if (x > 1) return 1;
  if (x < -1) return -1;
  return Number.isNaN(x) ? 0 : x + 0;
}
