import { DEFAULT_PARAMETERS, type SignalParameters } from "./parameters.ts";
import { rankLimit, rankOf, type SignalRows } from "./signal_rows.ts";

const MIN_MAGNITUDE = 1e-6;

/** Copy of the signal's memory, fit for structured clone. */
export interface SpatialVacuumState {
  readonly magnitude: number;
  readonly bins: number;
}

/**
 * Spatial vacuum asymmetry: vacuum above the price minus vacuum below it, near levels counting more,
 * in units of its own recent size. Positive is bullish: liquidity leaves overhead.
 *
 * @see docs/methods/signals.md, "SVac".
 */
export class SpatialVacuum {
  readonly #alpha: number;
  #magnitude = 0;
  #bins = 0;

  /** @param parameters Its `svacAlpha` is used. */
  constructor(parameters: Pick<SignalParameters, "svacAlpha"> = DEFAULT_PARAMETERS) {
    this.#alpha = parameters.svacAlpha;
  }

  /** True once a bin was seen. */
  get warm(): boolean {
    return this.#bins > 0;
  }

  /** Takes one bin and returns the signal. */
  update(rows: SignalRows): number {
    const raw = vacuumAsymmetry(rows, true);
    const size = Math.abs(raw);
    const alpha = this.#alpha;
    this.#magnitude = this.#bins === 0 ? size : alpha * size + (1 - alpha) * this.#magnitude;
    this.#bins++;
    return raw / Math.max(this.#magnitude, MIN_MAGNITUDE);
  }

  /** Back to the state after construction. */
  reset(): void {
    this.#magnitude = 0;
    this.#bins = 0;
  }

  save(): SpatialVacuumState {
    return { magnitude: this.#magnitude, bins: this.#bins };
  }

  restore(state: SpatialVacuumState): void {
    this.#magnitude = state.magnitude;
    this.#bins = state.bins;
  }
}

/**
 * Vacuum above the price minus vacuum below it, contracts/s.
 *
 * @param isWeighted Whether a level counts by the inverse of its distance, or every level alike.
 */
export function vacuumAsymmetry(rows: SignalRows, isWeighted: boolean): number {
  const { k, vacuum, spotHalfTick } = rows;
  const limit = rankLimit(k, spotHalfTick);
  let above = 0;
  let below = 0;
  for (let i = 0; i < k.length; i++) {
    const rank = rankOf(k[i]!, spotHalfTick);
    if (rank > 0 && rank <= limit) above += isWeighted ? vacuum[i]! / rank : vacuum[i]!;
    else if (rank < 0) below += isWeighted ? vacuum[i]! / -rank : vacuum[i]!;
  }
  return above - below;
}
