/**
 * Walls: found in a profile of evidence, remembered at absolute prices.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { WallSet } from "./mod.ts";
 *
 * const { walls, events } = new WallSet().update(0, 20_000, [
 *   { center: 20_012, e: 1, r: 0, sigma: 4 },
 * ]);
 * deepEqual(events, [{ type: "birth", id: 1 }]);
 * deepEqual(walls.map(({ S }) => S), [0.8]);
 * ```
 *
 * @module
 */

export { type DetectParams, detectWalls } from "./detect_walls.ts";
export type { Wall, WallEvent, WallObservation } from "./wall.ts";
export { BOOK_WALLS, type WallParams } from "./wall_params.ts";
export { WallSet, type WallSetState } from "./wall_set.ts";
