/**
 * Synthetic markets with known causes, to hold forecasts to.
 *
 * @example
 * ```ts
 * import { deepEqual, equal } from "node:assert/strict";
 * import { world } from "./mod.ts";
 *
 * const { spot, ofi } = world("flow", 11, 100);
 * equal(spot[0], 20_000); // ticks
 * equal(ofi.length, 100);
 * deepEqual(world("W1", 11, 100).spot, spot); // by number, and again the same
 * ```
 *
 * @module
 */

export { type World, world, WORLD_NAMES, type WorldName } from "./world.ts";
export { writeWorldFields } from "./world_fields.ts";
export { WorldMedium } from "./world_medium.ts";
