import type { Clips } from "../motion/mod.ts";

/** What the lab says at a tick. Matrices are flat, a row per horizon. */
export interface LabTick {
  readonly tick: number;
  /** Observed velocity, ticks/s. */
  readonly vhat: number;
  /** Velocity and acceleration at launch, ticks/s and ticks/s^2. */
  readonly v0: number;
  readonly a0: number;
  /** Sub-steps of one dt; more than configured where the guard found the medium stiff. */
  readonly nSub: number;
  /** Shape [H], forecasts of the physics, ticks from the spot. */
  readonly x: Float64Array;
  /** Shape [H * 7], contributions that sum to x under theta. */
  readonly Phi: Float64Array;
  /** Outcomes of this tick, by origin then horizon. */
  readonly resolved: readonly (readonly [origin: number, h: number, err: number])[];
  /** Shape [7], weights after learning. */
  readonly theta: Float64Array;
  /** Shape [H * 3], weights of physics, autoregression and order flow. */
  readonly blend: Float64Array;
  /** Shape [H], published forecasts, ticks. */
  readonly pub: Float64Array;
  /** Shape [H * 2], plain 80 % band, ticks. */
  readonly band: Float64Array;
  /** Shape [H * 2], scaled 80 % band, ticks. */
  readonly scaledBand: Float64Array;
  /** Weights that the last lesson led to a bound, rising. */
  readonly pinned: readonly number[];
  /** Times that the learner started again because a number was not finite. */
  readonly resets: number;
  readonly flags: Readonly<Clips>;
  readonly isJump: boolean;
  /** Forecasts held by the guard at this tick. */
  readonly held: number;
  /** Whether the guard publishes 0 as the medium is unstable. */
  readonly isUnstable: boolean;
}
