import { LabError } from "../error.ts";
import { factor, solve } from "../learner/mod.ts";
import { MoveScale } from "../moves/mod.ts";

/** How the linear ceiling is fitted. */
export interface RidgeOptions {
  /** Horizons, ticks. */
  readonly H: number;
  /** Ticks between the last origin that is learned from and the first forecast, >= H. */
  readonly purge?: number;
  /** Ticks before the first fit. */
  readonly warm?: number;
  /** Ticks between two fits. */
  readonly refit?: number;
}

/** The ridge counts as so many samples in which features and price had nothing to do with each other. */
const PRIOR_SAMPLES = 100;

/**
 * What a line on all features foretells: a ridge regression fitted walk-forward, on everything that had
 * come `purge` ticks before, and used unchanged until the next fit. Linear ceiling of a model that reads
 * the same features: how much does the medium add to a line?
 *
 * Features are scaled by their root mean square, so one ridge suits all; there is no intercept, as there
 * is no drift to foretell. Spans with a jump teach nothing.
 *
 * @param features Columns of shape [n]; a row with a value that is not finite is left out, and has the
 *   forecast 0.
 * @param spot Shape [n], ticks; NaN where the tick is missing.
 * @returns Per horizon a column of shape [n], ticks; 0 before the first fit.
 * @throws {LabError} When lengths differ or the purge is below H.
 * @see Hoerl and Kennard (1970), "Ridge regression: biased estimation for nonorthogonal problems".
 */
export function ridgeCeiling(
  features: readonly ArrayLike<number>[],
  spot: ArrayLike<number>,
  { H, purge = H, warm = 600, refit = 600 }: RidgeOptions,
): readonly Float64Array[] {
  const n = spot.length;
  if (purge < H) throw new LabError("setting", "purge", `must be >= ${H}: it is ${purge}`);
  if (features.some(({ length }) => length !== n)) {
    throw new LabError("data", "features", `must be ${n} rows each`);
  }
  const jumpAt = lastJumps(spot);
  return Array.from({ length: H }, (_, i) => {
    const fit = new RidgeFit(features, spot, jumpAt, i + 1);
    const forecasts = new Float64Array(n);
    for (let from = warm; from < n; from += refit) {
      const weights = fit.upTo(from - purge);
      for (let k = from; k < Math.min(n, from + refit); k++) {
        let sum = 0;
        for (let j = 0; j < weights.length; j++) sum += weights[j]! * features[j]![k]!;
        forecasts[k] = Number.isFinite(sum) ? sum : 0;
      }
    }
    return forecasts;
  });
}

/** Latest jump at or before each tick; -Infinity before the first. */
function lastJumps(spot: ArrayLike<number>): Float64Array {
  const moves = new MoveScale();
  let last = -Infinity;
  return Float64Array.from(spot, (price, k) => {
    if (!Number.isNaN(price)) {
      moves.take(k, price);
      if (moves.isJump) last = k;
    }
    return last;
  });
}

/** Sums of one horizon's regression, which grow with the origins that it has seen. */
class RidgeFit {
  readonly #features: readonly ArrayLike<number>[];
  readonly #spot: ArrayLike<number>;
  readonly #lastJump: Float64Array;
  readonly #h: number;
  readonly #row: Float64Array;
  /** Σ f f', row-major. */
  readonly #gram: Float64Array;
  /** Σ f act. */
  readonly #moment: Float64Array;
  #samples = 0;
  #origin = 0;

  constructor(
    features: readonly ArrayLike<number>[],
    spot: ArrayLike<number>,
    lastJump: Float64Array,
    h: number,
  ) {
    const m = features.length;
    this.#features = features;
    this.#spot = spot;
    this.#lastJump = lastJump;
    this.#h = h;
    this.#row = new Float64Array(m);
    this.#gram = new Float64Array(m * m);
    this.#moment = new Float64Array(m);
  }

  /** Learns from all origins before one, and returns the weights, ticks per unit of each feature. */
  upTo(end: number): Float64Array {
    for (; this.#origin < end; this.#origin++) this.#learn(this.#origin);
    return this.#solve();
  }

  #learn(origin: number): void {
    const act = this.#spot[origin + this.#h]! - this.#spot[origin]!;
    if (Number.isNaN(act) || this.#lastJump[origin + this.#h]! > origin) return;
    const [row, m] = [this.#row, this.#row.length];
    for (let j = 0; j < m; j++) row[j] = this.#features[j]![origin]!;
    if (!row.every(Number.isFinite)) return;
    this.#samples++;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) this.#gram[i * m + j]! += row[i]! * row[j]!;
      this.#moment[i]! += row[i]! * act;
    }
  }

  #solve(): Float64Array {
    const m = this.#moment.length;
    const scale = Float64Array.from(
      this.#moment,
      (_, j) => Math.sqrt(this.#gram[j * m + j]! / Math.max(1, this.#samples)) || 1,
    );
    const matrix = this.#gram.map((sum, at) => sum / (scale[Math.floor(at / m)]! * scale[at % m]!));
    for (let j = 0; j < m; j++) matrix[j * m + j]! += PRIOR_SAMPLES;
    const weights = this.#moment.map((sum, j) => sum / scale[j]!);
    factor(matrix, m, m);
    solve(matrix, m, m, weights);
    return weights.map((weight, j) => weight / scale[j]!);
  }
}
