import { DerivativeSlope, type DerivativeSlopeState } from "./derivative_slope.ts";
import { DEFAULT_PARAMETERS, type SignalParameters } from "./parameters.ts";
import { PressureFront, type PressureFrontState } from "./pressure_front.ts";
import type { SignalRows } from "./signal_rows.ts";
import { SpatialVacuum, type SpatialVacuumState } from "./spatial_vacuum.ts";

/** The signals of one bin; positive is bullish. */
export interface DirectionalValues {
  /** In (−1, 1). */
  readonly ads: number;
  /** Not bounded. */
  readonly pfp: number;
  /** In [−20, 20], as its own size is in the divisor with a weight of 1/20. */
  readonly svac: number;
  /** Weighted mean of the warm ones, 0 while none is. */
  readonly composite: number;
  /** Share of the three that are warm: 0, 1/3, 2/3 or 1. */
  readonly warmup: number;
}

/** Copy of the signals' memory, fit for structured clone. */
export interface DirectionalSignalsState {
  readonly ads: DerivativeSlopeState;
  readonly pfp: PressureFrontState;
  readonly svac: SpatialVacuumState;
  readonly values: DirectionalValues;
}

/**
 * Three readings of where the book leans and their blend, one bin at a time. Same numbers on the
 * server and in the browser; nothing is allocated per bin.
 *
 * @see docs/methods/signals.md
 */
export class DirectionalSignals {
  readonly #ads: DerivativeSlope;
  readonly #pfp: PressureFront;
  readonly #svac: SpatialVacuum;
  readonly #parameters: SignalParameters;
  readonly #values = { ads: 0, pfp: 0, svac: 0, composite: 0, warmup: 0 };

  /** @throws {RangeError} When the bin width is not finite and > 0. */
  constructor(cellWidthMs: number, parameters: SignalParameters = DEFAULT_PARAMETERS) {
    this.#parameters = parameters;
    this.#ads = new DerivativeSlope(cellWidthMs, parameters);
    this.#pfp = new PressureFront(cellWidthMs, parameters);
    this.#svac = new SpatialVacuum(parameters);
  }

  /** The newest values: one object, rewritten by `update` and `reset`. */
  get values(): DirectionalValues {
    return this.#values;
  }

  /** Takes one bin and returns {@link values}. */
  update(rows: SignalRows): DirectionalValues {
    const values = this.#values;
    values.ads = this.#ads.update(rows);
    values.pfp = this.#pfp.update(rows);
    values.svac = this.#svac.update(rows);
    const { blendAds, blendPfp, blendSvac } = this.#parameters;
    let sum = 0;
    let weight = 0;
    let warm = 0;
    if (this.#ads.warm) {
      sum += blendAds * values.ads;
      weight += blendAds;
      warm++;
    }
    if (this.#pfp.warm) {
      sum += blendPfp * values.pfp;
      weight += blendPfp;
      warm++;
    }
    if (this.#svac.warm) {
      sum += blendSvac * values.svac;
      weight += blendSvac;
      warm++;
    }
    values.composite = weight === 0 ? 0 : sum / weight;
    values.warmup = warm / 3;
    return values;
  }

  /** Back to the state after construction. */
  reset(): void {
    this.#ads.reset();
    this.#pfp.reset();
    this.#svac.reset();
    Object.assign(this.#values, { ads: 0, pfp: 0, svac: 0, composite: 0, warmup: 0 });
  }

  save(): DirectionalSignalsState {
    return {
      ads: this.#ads.save(),
      pfp: this.#pfp.save(),
      svac: this.#svac.save(),
      values: { ...this.#values },
    };
  }

  /** Puts back a copy of signals with the same bin width and parameters. */
  restore(state: DirectionalSignalsState): void {
    this.#ads.restore(state.ads);
    this.#pfp.restore(state.pfp);
    this.#svac.restore(state.svac);
    Object.assign(this.#values, state.values);
  }
}
