/**
 * How good forecasts are, and against what.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { Baselines, skill, skillInterval } from "./mod.ts";
 *
 * const baselines = new Baselines({ H: 1, lam: 0.99, kappa: 5, emaBeta: 0.1 });
 * const [act, pred]: number[][] = [[], []];
 * for (let k = 0, move = 1; k < 400; k++, move = -move) {
 *   pred.push(baselines.tick(k, move, 0).ar1[0]!); // the mid goes to and fro
 *   act.push(-2 * move);
 * }
 * ok(skill(act, pred) > 0.9);
 * ok(skillInterval(act, pred, { L: 20, B: 100, seed: 1 })[0] > 0.8);
 * ```
 *
 * @module
 */

export {
  type BaselineOptions,
  type BaselineRow,
  Baselines,
  type BaselineState,
} from "./baselines.ts";
export { brierScore, type ChanceBin, reliability } from "./chances.ts";
export { crps, CRPS_LEVELS, pinballLoss, savedShare } from "./crps.ts";
export { dieboldMariano } from "./diebold_mariano.ts";
export { absoluteErrorRatio, type HitRate, hitRate, type Line, lineOf } from "./direction.ts";
export { type GroupSkill, skillByGroup } from "./groups.ts";
export { centralHits, type Draws, pitHistogram, pitUniform, randomisedPit } from "./pit.ts";
export { placebo } from "./placebo.ts";
export { type RealityCheck, realityCheck } from "./reality_check.ts";
export { ridgeCeiling, type RidgeOptions } from "./ridge_ceiling.ts";
export { type IntervalOptions, skill, skillInterval } from "./skill.ts";
export { byTercile, TERCILE, type Terciles, tercilesOf } from "./terciles.ts";
