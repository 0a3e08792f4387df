import { LabError } from "./error.ts";

/**
 * Number of weights, the length of theta. In this order: of the forces of U, C, G and O, the constant
 * force b (ticks/s^2), inertia (the share of the observed velocity at launch) and entrainment (the
 * share of the current).
 */
export const WEIGHTS = 7;

/** Every constant of the lab. Lengths are ticks, times seconds, forces ticks/s^2 on a unit mass. */
export interface LabConfig {
  /** Time between forecasts, s, > 0. */
  readonly dt: number;
  /** Horizons, 1..64; horizon h lies h * dt ahead. */
  readonly H: number;
  /** Sub-steps of the integrator in one dt, >= 1. */
  readonly nSub: number;
  /** Distance of two nodes, ticks, > 0. */
  readonly dx: number;
  /** Nodes on either side of the spot, 4..512; the grid has 2N + 1. */
  readonly N: number;
  /** Bound of the force, ticks/s^2. */
  readonly aMax: number;
  /** Bound of the velocity, ticks/s. */
  readonly vMax: number;
  /** Bound of the observed velocity at launch, ticks/s. */
  readonly v0Max: number;
  /** What a tick leaves of the memory of learner, blend and baselines, in (0, 1). */
  readonly lam: number;
  /** Diagonal of the prior's curvature, ticks^2 per unit of weight squared, > 0. */
  readonly R: readonly number[];
  /** Weights at the start, and what the prior pulls them to. */
  readonly theta0: readonly number[];
  /** Least weights; those of C and G must not be negative, or drag would drive. */
  readonly lo: readonly number[];
  /** Greatest weights. */
  readonly hi: readonly number[];
  /** Most that a weight moves in a tick. */
  readonly stepMax: readonly number[];
  /** Residual above which the loss grows linearly, ticks. */
  readonly huber: number;
  /** What each further horizon adds to its weight in the loss, >= 0. */
  readonly alphaSlope: number;
  /** Rate of the normalised gradient descent, in (0, 2). */
  readonly eta: number;
  /** Memory of that descent's curvature, per tick, in (0, 1). */
  readonly betaD: number;
  /** Floor of that curvature, > 0. */
  readonly epsD: number;
  /** Residuals that a band remembers. */
  readonly bandW: number;
  /** Residuals before a band is taken from them. */
  readonly bandMin: number;
  /** Ridge of the published blend, ticks^2. */
  readonly blendKappa: number;
  /** Ridge of the baselines, ticks^2. */
  readonly baseKappa: number;
  /** Share of a new move in the averaged baseline, in (0, 1]. */
  readonly emaBeta: number;
  /** Bound of the energy U, ticks^2/s^2. */
  readonly clampU: number;
  /** Bound of the current C, ticks/s. */
  readonly clampC: number;
  /** Bound of the drag G, 1/s. */
  readonly maxG: number;
  /** Bound of the energy O, ticks^2/s^2. */
  readonly maxO: number;
}

/** The lab as it runs live. */
export const DEFAULT_LAB: LabConfig = {
  dt: 0.5,
  H: 4,
  nSub: 5,
  dx: 2,
  N: 200,
  aMax: 50,
  vMax: 200,
  v0Max: 40,
  lam: 0.9997112303767427, // 2^(-1/2400): half is forgotten after 20 minutes
  R: [100, 100, 100, 100, 100, 100, 100],
  theta0: [0.35, 0.45, 0.25, 0.35, 0, 0, 0],
  lo: [-2.5, 0, 0, -2.5, -2.5, -1, -1.5],
  hi: [2.5, 2.5, 2.5, 2.5, 2.5, 1, 1.5],
  stepMax: [0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05],
  huber: 4,
  alphaSlope: 0.25,
  eta: 0.005,
  betaD: 0.99,
  epsD: 1e-3,
  bandW: 600,
  bandMin: 60,
  blendKappa: 20,
  baseKappa: 5,
  emaBeta: 0.1,
  clampU: 5,
  clampC: 10,
  maxG: 5,
  maxO: 10,
};

/**
 * Refuses constants that the lab cannot run with.
 *
 * @throws {LabError} Naming the constant.
 */
export function checkLabConfig(cfg: LabConfig): void {
  const demand = (isMet: boolean, field: keyof LabConfig, rule: string) => {
    if (!isMet) throw new LabError("setting", field, `must ${rule}: it is ${cfg[field]}`);
  };
  const isCount = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const isPositive = (value: number) => value > 0 && value < Infinity;
  demand(isCount(cfg.H, 1, 64), "H", "be a whole number in 1..64");
  demand(isCount(cfg.N, 4, 512), "N", "be a whole number in 4..512");
  demand(isCount(cfg.nSub, 1, 1_000), "nSub", "be a whole number in 1..1000");
  demand(isCount(cfg.bandW, 1, 1e6), "bandW", "be a whole number in 1..1000000");
  demand(isCount(cfg.bandMin, 1, cfg.bandW), "bandMin", "be a whole number in 1..bandW");
  for (const field of ["dt", "dx", "aMax", "vMax", "v0Max", "huber", "epsD"] as const) {
    demand(isPositive(cfg[field]), field, "be finite and > 0");
  }
  for (const field of ["blendKappa", "baseKappa"] as const) {
    demand(isPositive(cfg[field]), field, "be finite and > 0");
  }
  demand(cfg.lam > 0 && cfg.lam < 1, "lam", "lie in (0, 1)");
  for (const field of ["R", "theta0", "lo", "hi", "stepMax"] as const) {
    const isRow = cfg[field].length === WEIGHTS && cfg[field].every(Number.isFinite);
    demand(isRow, field, `be ${WEIGHTS} finite numbers`);
  }
  demand(cfg.R.every((value) => value > 0), "R", "be > 0");
  demand(cfg.stepMax.every((value) => value > 0), "stepMax", "be > 0");
  demand(cfg.lo[1]! >= 0 && cfg.lo[2]! >= 0, "lo", "keep the weights of current and drag >= 0");
  const isInside = cfg.theta0.every((value, j) => value >= cfg.lo[j]! && value <= cfg.hi[j]!);
  demand(isInside, "theta0", "lie between lo and hi");
}
