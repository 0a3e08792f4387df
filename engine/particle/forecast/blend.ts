import { factor, solve } from "../learner/mod.ts";
import { FEATURES } from "./ledger.ts";

const CELLS = FEATURES * FEATURES;

/** State of a {@link Blend}. */
export interface BlendState {
  readonly A: Float64Array;
  readonly g: Float64Array;
  readonly u: Float64Array;
  readonly kappa: number;
}

/**
 * The published forecast: per horizon a ridge regression of what came on the physics and the
 * baselines, with weights held in 0..1. It starts at the random walk and earns its amplitude.
 */
export class Blend {
  /** Weights, shape [H * 3], 0..1. */
  readonly u: Float64Array;
  readonly #lam: number;
  readonly #A: Float64Array;
  readonly #g: Float64Array;
  readonly #matrix = new Float64Array(CELLS);
  readonly #right = new Float64Array(FEATURES);
  #kappa = 0;

  /**
   * @param H Horizons.
   * @param lam What a tick leaves of the memory.
   * @param kappa Ridge, ticks^2, > 0.
   */
  constructor(H: number, lam: number, kappa: number) {
    this.u = new Float64Array(H * FEATURES);
    this.#lam = lam;
    this.#A = new Float64Array(H * CELLS);
    this.#g = new Float64Array(H * FEATURES);
    this.restart(kappa);
  }

  /** Forgets everything. */
  restart(kappa: number): void {
    this.#kappa = kappa;
    this.#A.fill(0);
    this.#g.fill(0);
    this.u.fill(0);
    for (let at = 0; at < this.#A.length; at += CELLS) {
      for (let j = 0; j < FEATURES; j++) this.#A[at + j * (FEATURES + 1)] = kappa;
    }
  }

  /**
   * Takes an outcome.
   *
   * @param h Horizon, 1..H.
   * @param z Shape [3], forecasts, ticks.
   * @param act What came, ticks.
   */
  learn(h: number, z: Float64Array, act: number): void {
    const given = (1 - this.#lam) * this.#kappa;
    const base = (h - 1) * CELLS;
    const row = (h - 1) * FEATURES;
    for (let i = 0; i < FEATURES; i++) {
      for (let j = 0; j < FEATURES; j++) {
        const at = base + i * FEATURES + j;
        this.#A[at] = this.#lam * this.#A[at]! + (i === j ? given : 0) + z[i]! * z[j]!;
      }
      this.#g[row + i] = this.#lam * this.#g[row + i]! + z[i]! * act;
    }
    this.#weigh(base, row);
  }

  #weigh(base: number, row: number): void {
    for (let i = 0; i < CELLS; i++) this.#matrix[i] = this.#A[base + i]!;
    for (let i = 0; i < FEATURES; i++) this.#right[i] = this.#g[row + i]!;
    factor(this.#matrix, FEATURES, FEATURES);
    solve(this.#matrix, FEATURES, FEATURES, this.#right);
    for (let i = 0; i < FEATURES; i++) {
      this.u[row + i] = Math.min(Math.max(this.#right[i]!, 0), 1);
    }
  }

  /** Forecast of a horizon, ticks. @param z Shape [3], forecasts, ticks. */
  publish(h: number, z: Float64Array): number {
    const row = (h - 1) * FEATURES;
    return this.u[row]! * z[0]! + this.u[row + 1]! * z[1]! + this.u[row + 2]! * z[2]!;
  }

  /** Whole state. */
  save(): BlendState {
    return {
      A: this.#A.slice(),
      g: this.#g.slice(),
      u: this.u.slice(),
      kappa: this.#kappa,
    };
  }

  /** Goes on from a state of a blend with the same horizons. */
  restore({ A, g, u, kappa }: BlendState): void {
    this.#A.set(A);
    this.#g.set(g);
    this.u.set(u);
    this.#kappa = kappa;
  }
}
