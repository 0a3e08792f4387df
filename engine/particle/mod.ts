/**
 * The price as a particle in a medium of order book and flow: forecast, scored and learned.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { compose, DEFAULT_LAB } from "./mod.ts";
 *
 * const data = new Float64Array(2 * DEFAULT_LAB.N + 1).fill(30);
 * const { C } = compose(DEFAULT_LAB, [{ target: "C", gain: 1, data }]);
 * equal(C[0], DEFAULT_LAB.clampC);
 * ```
 *
 * @module
 */

export { DEFAULT_LAB, type LabConfig, WEIGHT_NAMES, WEIGHTS } from "./config.ts";
export {
  compose,
  Composer,
  emptyFields,
  type NodalFields,
  Stencil,
  wallsToO,
  writeNodalForce,
} from "./fields/mod.ts";
export { Rollout, rollout } from "./motion/mod.ts";
