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

export { DEFAULT_LAB, type LabConfig } from "./config.ts";
export { compose, Composer, emptyFields, type NodalFields, wallsToO } from "./fields/mod.ts";
export { rollout } from "./motion/mod.ts";
export { fnv1a, LabLoop, type LabTick } from "./forecast/mod.ts";
export { rlsStep } from "./learner/mod.ts";
export { detectWalls, WallSet } from "./walls/mod.ts";
export { LabError } from "./error.ts";
export { freshness } from "./freshness.ts";
export { Cloud, ensemble, normals } from "./cloud/mod.ts";
export { world, writeWorldFields } from "./worlds/mod.ts";
export { Baselines, dieboldMariano, skill, skillInterval } from "./score/mod.ts";
export { quoteImbalance } from "../book/mod.ts";
export { PRESETS, producer, type ProducerId, PRODUCERS, ProducerSet } from "./producers/mod.ts";
