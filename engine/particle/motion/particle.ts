import type { LabConfig } from "../config.ts";
import type { Medium } from "./medium.ts";

/** What the motion needs of the lab's constants. */
export type MotionConfig = Pick<
  LabConfig,
  "dt" | "H" | "nSub" | "dx" | "N" | "aMax" | "vMax" | "v0Max"
>;

/** Clips of a rollout, in sub-steps. */
export interface Clips {
  /** The force was held at aMax. */
  fClip: number;
  /** The velocity was held at vMax. */
  vClip: number;
  /** The particle was stopped at the edge of the grid. */
  xClip: number;
}

/**
 * A particle under theta. The drag acts implicitly, so it never overshoots; the position moves with
 * the new velocity, so without drag the map is symplectic.
 *
 * Acceleration = f(x) - gamma(x) v with f = wU F_U + wO F_O + wC C + b and gamma = wC + wG G. Stable
 * for a stiffness K iff 0 < K tau^2 < 4 + 2 gamma tau, tau the sub-step (Jury's test).
 */
export class Particle {
  /** Position, ticks from the spot. */
  x = 0;
  /** Velocity, ticks/s. */
  v = 0;
  /** New velocity of the last sub-step before it was held at vMax, ticks/s. */
  freeV = 0;
  /** Denominator 1 + tau * gamma of the last sub-step. */
  damping = 1;
  /** Whether the last sub-step held the force. */
  heldForce = false;
  /** Whether the last sub-step held the velocity. */
  heldV = false;
  /** Whether the last sub-step ended at the edge of the grid. */
  stopped = false;
  readonly #aMax: number;
  readonly #vMax: number;
  readonly #edge: number;

  constructor({ aMax, vMax, N, dx }: Pick<MotionConfig, "aMax" | "vMax" | "N" | "dx">) {
    this.#aMax = aMax;
    this.#vMax = vMax;
    this.#edge = N * dx;
  }

  /**
   * Moves by one sub-step.
   *
   * @param medium Sampled at the particle's position.
   * @param theta Shape [7].
   * @param tau Length of the sub-step, s.
   */
  advance(medium: Medium, theta: ArrayLike<number>, tau: number): void {
    const wC = theta[1]!;
    const free = netForce(medium, theta);
    const force = clamp(free, this.#aMax);
    this.heldForce = force !== free;
    this.damping = 1 + tau * (wC + theta[2]! * medium.drag);
    this.freeV = (this.v + tau * force) / this.damping;
    this.v = clamp(this.freeV, this.#vMax);
    this.heldV = this.v !== this.freeV;
    this.x += tau * this.v;
    this.stopped = Math.abs(this.x) > this.#edge;
    if (!this.stopped) return;
    this.x = clamp(this.x, this.#edge);
    this.v = 0;
  }
}

/** The part of the acceleration that is no drag, ticks/s^2, where the medium was sampled. */
export function netForce(medium: Medium, theta: ArrayLike<number>): number {
  return theta[0]! * medium.forceU + theta[3]! * medium.forceO + theta[1]! * medium.current +
    theta[4]!;
}

/** Holds a value inside -bound..bound. */
export function clamp(value: number, bound: number): number {
  return value > bound ? bound : value < -bound ? -bound : value;
}
