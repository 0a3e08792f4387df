/**
 * How far a price moves from tick to tick: its scale, its jumps, its volatility.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { MoveScale } from "./mod.ts";
 *
 * const moves = new MoveScale();
 * for (let k = 0; k < 60; k++) moves.take(k, k % 2);
 * moves.take(60, 21);
 * equal(moves.isJump, true);
 * ```
 *
 * @module
 */

export { MoveScale, type MoveScaleState } from "./move_scale.ts";
export { Volatility, type VolatilityState } from "./volatility.ts";
