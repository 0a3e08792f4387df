import { LabError } from "../error.ts";
import { type NodalFields, Stencil } from "../fields/mod.ts";
import { clamp, Medium, type MotionConfig, Particle } from "../motion/mod.ts";
import { normals } from "./normals.ts";

/** Where the particles of a cloud are at one horizon, ticks from the spot. */
export interface CloudStats {
  mean: number;
  /** Standard deviation of a sample, P - 1; 0 of one particle. */
  sd: number;
  q10: number;
  q50: number;
  q90: number;
}

/** What a cloud starts from. */
export interface CloudRun {
  /** The medium, shape [2N + 1] each. */
  readonly fields: NodalFields;
  /** Shape [7]. */
  readonly theta: ArrayLike<number>;
  /** Observed velocity, ticks/s; held at v0Max. */
  readonly vhat: number;
  /** Diffusion, ticks^2/s, >= 0: everywhere, or by node with shape [2N + 1]. */
  readonly D: number | ArrayLike<number>;
  /** Key of the draws, whole number in 0..2^32 - 1. */
  readonly seed: number;
  /** Tick of the origin; draws of two ticks differ. */
  readonly tick: number;
}

/**
 * A cloud of particles that diffuse: the rollout with noise on the position, whose variance grows
 * linearly in time as that of prices does; noise on the velocity would give its cube.
 *
 * Draw s of particle m has an address of its own (tick; particle and pair of sub-steps), so the same
 * cloud may be made in any order and on any device. Buffers are used again.
 *
 * @see Maruyama (1955), "Continuous Markov processes and stochastic equations".
 */
export class Cloud {
  /** Shape [P * H], a row per particle, ticks from the spot. */
  readonly particles: Float64Array;
  /** One per horizon. */
  readonly stats: readonly CloudStats[];
  readonly #cfg: MotionConfig;
  readonly #P: number;
  readonly #medium: Medium;
  readonly #particle: Particle;
  readonly #stencil: Stencil;
  readonly #spread: Float64Array;
  readonly #pair = new Float64Array(2);
  readonly #column: Float64Array;

  /**
   * @param P Particles, at least 1.
   * @throws {LabError} When P is no such number.
   */
  constructor(cfg: MotionConfig, P: number) {
    if (!Number.isSafeInteger(P) || P < 1) {
      throw new LabError("setting", "P", `must be a whole number >= 1: it is ${P}`);
    }
    this.#cfg = cfg;
    this.#P = P;
    this.#medium = new Medium(cfg);
    this.#particle = new Particle(cfg);
    this.#stencil = new Stencil(cfg.N, cfg.dx);
    this.#spread = new Float64Array(2 * cfg.N + 1);
    this.#column = new Float64Array(P);
    this.particles = new Float64Array(P * cfg.H);
    this.stats = Array.from({ length: cfg.H }, () => ({ mean: 0, sd: 0, q10: 0, q50: 0, q90: 0 }));
  }

  /**
   * Runs all particles from the spot; the results stand in this object until the next run.
   *
   * @throws {RangeError} When a field has not one value for each node.
   * @throws {LabError} When D has not one value for each node, or one is negative or not finite.
   */
  run({ fields, theta, vhat, D, seed, tick }: CloudRun): void {
    this.#medium.take(fields);
    this.#takeDiffusion(D);
    this.#medium.sample(0);
    const v0 = theta[5]! * clamp(vhat, this.#cfg.v0Max) + theta[6]! * this.#medium.current;
    for (let m = 0; m < this.#P; m++) this.#walk(m, v0, theta, seed, tick);
    for (let h = 0; h < this.#cfg.H; h++) this.#summarise(h);
  }

  #takeDiffusion(D: number | ArrayLike<number>): void {
    const nodal = this.#spread;
    if (typeof D === "number") nodal.fill(D);
    else if (D.length === nodal.length) nodal.set(D);
    else throw new LabError("data", "D", `must have ${nodal.length} nodes: it has ${D.length}`);
    for (const value of nodal) {
      if (!(value >= 0 && value < Infinity)) {
        throw new LabError("data", "D", `must be finite and >= 0: it is ${value}`);
      }
    }
  }

  #walk(m: number, v0: number, theta: ArrayLike<number>, seed: number, tick: number): void {
    const { H, nSub, dt } = this.#cfg;
    const particle = this.#particle;
    const tau = dt / nSub;
    const firstPair = m * Math.ceil((H * nSub) / 2);
    particle.x = 0;
    particle.v = v0;
    for (let h = 0, s = 0; h < H; h++) {
      for (let step = 0; step < nSub; step++, s++) {
        if ((s & 1) === 0) normals(tick, firstPair + (s >> 1), seed, this.#pair);
        this.#medium.sample(particle.x);
        this.#stencil.moveTo(particle.x);
        const diffusion = this.#stencil.value(this.#spread);
        particle.advance(this.#medium, theta, tau);
        particle.x += Math.sqrt(2 * diffusion * tau) * this.#pair[s & 1]!;
      }
      this.particles[m * H + h] = particle.x;
    }
  }

  #summarise(h: number): void {
    const [P, column] = [this.#P, this.#column];
    let sum = 0;
    for (let m = 0; m < P; m++) sum += column[m] = this.particles[m * this.#cfg.H + h]!;
    const mean = sum / P;
    let squares = 0;
    for (let m = 0; m < P; m++) squares += (column[m]! - mean) ** 2;
    column.sort();
    const rank = (q: number) => column[Math.max(Math.ceil(q * P) - 1, 0)]!;
    const row = this.stats[h]!;
    row.mean = mean;
    row.sd = P > 1 ? Math.sqrt(squares / (P - 1)) : 0;
    row.q10 = rank(0.1);
    row.q50 = rank(0.5);
    row.q90 = rank(0.9);
  }
}

/**
 * Returns a cloud of P particles made for one tick.
 *
 * @see {@link Cloud} for the method and what it throws.
 */
export function ensemble(
  { P, cfg, ...run }: CloudRun & { readonly P: number; readonly cfg: MotionConfig },
): Pick<Cloud, "stats" | "particles"> {
  const cloud = new Cloud(cfg, P);
  cloud.run(run);
  return cloud;
}
