import { WEIGHTS } from "../config.ts";
import type { NodalFields } from "../fields/mod.ts";
import { Medium } from "./medium.ts";
import { clamp, type Clips, type MotionConfig, netForce, Particle } from "./particle.ts";

/** Most sub-steps that the guard of the stiffness raises a tick to. */
const MOST_SUBSTEPS = 20;

/** Where a rollout starts. */
export interface Launch {
  /** Position, ticks from the spot. */
  readonly x0: number;
  /** Velocity, ticks/s, instead of the one that theta makes of the observed velocity and current. */
  readonly v0?: number;
}

/** What a rollout came to; matrices are flat, a row of 7 per horizon. */
export interface RolloutResult {
  /** Shape [H], forecast position, ticks from the spot. */
  readonly x: Float64Array;
  /** Shape [H], velocity, ticks/s. */
  readonly v: Float64Array;
  /** Shape [H * 7], derivative of x by theta. */
  readonly J: Float64Array;
  /** Shape [H * 7], contributions: without clips the sum of theta_j * Phi_hj over j is x_h. */
  readonly Phi: Float64Array;
  readonly flags: Clips;
  /** Acceleration at launch, ticks/s^2, before any bound. */
  readonly a0: number;
}

/**
 * Moves the particle over H horizons in fields frozen at the tick, and with it the exact tangent of
 * the discrete map and the attribution of every forecast to the weights. Uses its buffers again.
 */
export class Rollout implements RolloutResult {
  readonly x: Float64Array;
  readonly v: Float64Array;
  readonly J: Float64Array;
  readonly Phi: Float64Array;
  readonly flags: Clips = { fClip: 0, vClip: 0, xClip: 0 };
  a0 = 0;
  /** Velocity at launch, ticks/s. */
  v0 = 0;
  /** Sub-steps in one dt that the last run took. */
  nSub: number;
  readonly #cfg: MotionConfig;
  readonly #medium: Medium;
  readonly #particle: Particle;
  readonly #launchRow = new Float64Array(WEIGHTS);
  readonly #tangentV = new Float64Array(WEIGHTS);
  readonly #tangentX = new Float64Array(WEIGHTS);
  readonly #impulse = new Float64Array(WEIGHTS);
  readonly #contribution = new Float64Array(WEIGHTS);
  readonly #force = new Float64Array(WEIGHTS);

  constructor(cfg: MotionConfig) {
    this.#cfg = cfg;
    this.nSub = cfg.nSub;
    this.x = new Float64Array(cfg.H);
    this.v = new Float64Array(cfg.H);
    this.J = new Float64Array(cfg.H * WEIGHTS);
    this.Phi = new Float64Array(cfg.H * WEIGHTS);
    this.#medium = new Medium(cfg);
    this.#particle = new Particle(cfg);
  }

  /**
   * Runs from a launch; the results stand in this object until the next run.
   *
   * @param fields The medium, shape [2N + 1] each.
   * @param theta Shape [7].
   * @param vhat Observed velocity, ticks/s; held at v0Max.
   * @param launch Without a v0 the particle starts at wV * vhat + wK * C(x0).
   * @param isGuarded Whether a stiff medium gets more sub-steps than configured.
   */
  run(
    fields: NodalFields,
    theta: ArrayLike<number>,
    vhat: number,
    launch: Launch = { x0: 0 },
    isGuarded = false,
  ): void {
    this.#start(fields, theta, vhat, launch);
    this.nSub = isGuarded ? this.#safeSubsteps(theta) : this.#cfg.nSub;
    const tau = this.#cfg.dt / this.nSub;
    for (let h = 0; h < this.#cfg.H; h++) {
      for (let step = 0; step < this.nSub; step++) this.#substep(theta, tau);
      this.x[h] = this.#particle.x;
      this.v[h] = this.#particle.v;
      this.J.set(this.#tangentX, h * WEIGHTS);
      this.Phi.set(this.#contribution, h * WEIGHTS);
    }
  }

  #start(fields: NodalFields, theta: ArrayLike<number>, vhat: number, { x0, v0 }: Launch): void {
    const [medium, particle, row] = [this.#medium, this.#particle, this.#launchRow];
    medium.take(fields);
    medium.sample(x0);
    row.fill(0);
    if (v0 === undefined) {
      row[5] = clamp(vhat, this.#cfg.v0Max);
      row[6] = medium.current;
    }
    particle.x = x0;
    particle.v = this.v0 = v0 ?? theta[5]! * row[5]! + theta[6]! * row[6]!;
    this.a0 = netForce(medium, theta) - (theta[1]! + theta[2]! * medium.drag) * particle.v;
    this.#tangentV.set(row);
    for (const zeroed of [this.#tangentX, this.#impulse, this.#contribution]) zeroed.fill(0);
    this.flags.fClip = this.flags.vClip = this.flags.xClip = 0;
  }

  /** Sub-steps that keep the greatest stiffness times tau^2 at 1 or below, 20 at most. */
  #safeSubsteps(theta: ArrayLike<number>): number {
    const { nSub, dt } = this.#cfg;
    const stiffness = this.#medium.stiffness(theta, this.v0);
    let count = nSub;
    while (count < MOST_SUBSTEPS && stiffness * (dt / count) ** 2 > 1) count++;
    return count;
  }

  #substep(theta: ArrayLike<number>, tau: number): void {
    const [medium, particle] = [this.#medium, this.#particle];
    medium.sample(particle.x);
    particle.advance(medium, theta, tau);
    this.#differentiate(theta, tau);
    if (particle.heldForce) this.flags.fClip++;
    if (particle.heldV) this.flags.vClip++;
    if (particle.stopped) this.flags.xClip++;
  }

  /** Carries tangent and attribution over the sub-step that the particle has just made. */
  #differentiate(theta: ArrayLike<number>, tau: number): void {
    const { freeV, damping, heldForce, heldV, stopped } = this.#particle;
    const m = this.#medium;
    const c = this.#force;
    c[0] = heldForce ? 0 : m.forceU;
    // A held force depends on no weight; the drag -wC v still does.
    c[1] = heldForce ? -freeV : m.current - freeV;
    c[2] = -m.drag * freeV;
    c[3] = heldForce ? 0 : m.forceO;
    c[4] = heldForce ? 0 : 1;
    const springs = heldForce
      ? 0
      : theta[0]! * m.slopeU + theta[3]! * m.slopeO + theta[1]! * m.slopeC;
    const kappa = springs - freeV * theta[2]! * m.slopeG;
    for (let j = 0; j < WEIGHTS; j++) {
      const slopeX = this.#tangentX[j]!;
      const slopeV = heldV ? 0 : (this.#tangentV[j]! + tau * (kappa * slopeX + c[j]!)) / damping;
      this.#tangentV[j] = stopped ? 0 : slopeV;
      this.#tangentX[j] = stopped ? 0 : slopeX + tau * slopeV;
      this.#impulse[j] = this.#impulse[j]! + tau * c[j]!;
      this.#contribution[j] = this.#contribution[j]! +
        tau * (this.#impulse[j]! + this.#launchRow[j]!);
    }
  }
}

/**
 * Returns the forecast of a particle in a medium, with tangent and attribution.
 *
 * @see {@link Rollout.run} for the arguments.
 */
export function rollout(
  fields: NodalFields,
  theta: ArrayLike<number>,
  vhat: number,
  cfg: MotionConfig,
  launch: Launch = { x0: 0 },
): RolloutResult {
  const run = new Rollout(cfg);
  run.run(fields, theta, vhat, launch);
  return run;
}
