import { log, pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { PresetId, RegimeId } from "../../regime/mod.ts";
import { FLOW_REGIMES, PRESET_WEIGHTS, REGIME_PARAMETERS } from "./regimes.ts";

/** Length of one latent step, seconds. */
export const STEP_SEC = 0.01;

const HALF_LIFE_SEC = 5;
const MIN_DWELL_SEC = 20;
const MEAN_EXTRA_DWELL_SEC = 70;
const RAMP_SEC = 60;
const RAMP_BUILD_UP_SEC = 45;
const RAMP_MIN_JUMP_TICKS = 6;
const RAMP_MEAN_EXTRA_JUMP_TICKS = 8;
/** Steps over which the news of a jump is digested: 3 s. */
const JUMP_STEPS = 300;
/** Share of the gap to the target that one step closes. */
const BLEND = 1 - pow(2, -STEP_SEC / HALF_LIFE_SEC);

/** Where the chain starts and what it may do. */
export interface RegimeChainOptions {
  readonly seed: number | bigint;
  readonly preset: PresetId;
  /** First regime; drawn by the preset's weights when absent. */
  readonly regime?: RegimeId;
}

/**
 * The regime in force and its parameters, moving to each new target with a 5-s half-life. The
 * numeric fields are the smoothed parameters after the latest step (units as in RegimeParameters).
 */
export class RegimeChain {
  volatility = 1;
  driftTicksPerMin = 0;
  meanPullPerSec = 0;
  strikePullPerSec = 0;
  rate = 1;
  marketOrders = 1;
  cancels = 1;
  depth = 1;
  flicker = 0.3;
  persistence = 0.5;
  lean = 0;
  /** Part of a jump that falls into the latest step, ticks; mostly 0. */
  jumpTicks = 0;

  readonly #rng: Xoshiro256;
  readonly #weights: readonly number[];
  #regime: RegimeId;
  #held = false;
  /** Whether the regime stays as entered, without a second ramp, until the next call. */
  #followed = false;
  #leftSec = 0;
  /** Seconds of build-up that remain before the jump; NaN outside a ramp or after its jump. */
  #untilJumpSec = NaN;
  #afterRamp: RegimeId = "trend_up";
  #jumpStepsLeft = 0;

  constructor(options: RegimeChainOptions) {
    this.#rng = new Xoshiro256(options.seed, 1);
    this.#weights = PRESET_WEIGHTS[options.preset];
    this.#regime = options.regime ?? this.#draw(-1);
    this.#enter(this.#regime);
    this.#blend(1);
  }

  /** Regime in force; its parameters may still be on their way. */
  get regime(): RegimeId {
    return this.#regime;
  }

  /** Whether the regime is held until the next {@link RegimeChain.set}. */
  get held(): boolean {
    return this.#held;
  }

  /** Switches to a regime and holds it; null lets the chain run on from the regime in force. */
  set(regime: RegimeId | null): void {
    this.#followed = false;
    this.#held = regime !== null;
    if (regime !== null) this.#enter(regime);
    else if (this.#regime !== "event_ramp") this.#leftSec = this.#dwell();
  }

  /**
   * Stays in a regime that somebody else's plan chose, until the next call. Unlike a held one, an event
   * ramp jumps once. Naming the regime in force again changes nothing.
   */
  follow(regime: RegimeId): void {
    const entered = !this.#followed || regime !== this.#regime;
    this.#followed = true;
    this.#held = true;
    if (entered) this.#enter(regime);
  }

  /** Advances by one latent step. */
  step(): void {
    this.#leftSec -= STEP_SEC;
    if (this.#untilJumpSec > 0) {
      this.#untilJumpSec -= STEP_SEC;
      if (!(this.#untilJumpSec > 0)) this.#jump();
    }
    if (this.#jumpStepsLeft > 0) this.#jumpStepsLeft--;
    else this.jumpTicks = 0;
    if (this.#leftSec <= 0) this.#leave();
    this.#blend(BLEND);
  }

  #leave(): void {
    if (this.#followed) this.#leftSec = Infinity;
    else if (this.#held) this.#enter(this.#regime);
    else if (this.#regime === "event_ramp") this.#enter(this.#afterRamp);
    else this.#enter(this.#draw(FLOW_REGIMES.indexOf(this.#regime)));
  }

  #enter(regime: RegimeId): void {
    this.#regime = regime;
    const ramp = regime === "event_ramp";
    this.#leftSec = ramp ? RAMP_SEC : this.#dwell();
    this.#untilJumpSec = ramp ? RAMP_BUILD_UP_SEC : NaN;
  }

  #dwell(): number {
    return MIN_DWELL_SEC - MEAN_EXTRA_DWELL_SEC * log(this.#rng.uniformOpen());
  }

  #jump(): void {
    const size = RAMP_MIN_JUMP_TICKS -
      RAMP_MEAN_EXTRA_JUMP_TICKS * log(this.#rng.uniformOpen());
    const up = this.#rng.uniform() < 0.5;
    this.jumpTicks = (up ? size : -size) / JUMP_STEPS;
    this.#jumpStepsLeft = JUMP_STEPS;
    this.#afterRamp = up ? "trend_up" : "trend_down";
  }

  #draw(except: number): RegimeId {
    let total = 0;
    for (let i = 0; i < FLOW_REGIMES.length; i++) if (i !== except) total += this.#weights[i]!;
    let u = this.#rng.uniform() * total;
    let last = 0;
    for (let i = 0; i < FLOW_REGIMES.length; i++) {
      const weight = i === except ? 0 : this.#weights[i]!;
      if (weight === 0) continue;
      last = i;
      u -= weight;
      if (u < 0) break;
    }
    return FLOW_REGIMES[last]!;
  }

  #blend(share: number): void {
    const target = REGIME_PARAMETERS[this.#regime];
    this.volatility += (target.volatility - this.volatility) * share;
    this.driftTicksPerMin += (target.driftTicksPerMin - this.driftTicksPerMin) * share;
    this.meanPullPerSec += (target.meanPullPerSec - this.meanPullPerSec) * share;
    this.strikePullPerSec += (target.strikePullPerSec - this.strikePullPerSec) * share;
    this.rate += (target.rate - this.rate) * share;
    this.marketOrders += (target.marketOrders - this.marketOrders) * share;
    this.cancels += (target.cancels - this.cancels) * share;
    this.depth += (target.depth - this.depth) * share;
    this.flicker += (target.flicker - this.flicker) * share;
    this.persistence += (target.persistence - this.persistence) * share;
    this.lean += (target.lean - this.lean) * share;
  }
}
