/**
 * The particle lab: price as a particle in a medium of book and flow, forecast, scored and learned.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { world } from "./mod.ts";
 *
 * equal(world("walk", 1, 10).spot.length, 10);
 * ```
 *
 * @module
 */

export { normals } from "./cloud/mod.ts";
export { world, writeWorldFields } from "./worlds/mod.ts";
