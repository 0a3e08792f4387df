/**
 * How the particle moves: sub-steps, rollouts over the horizons, tangents and attribution.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { DEFAULT_LAB } from "../config.ts";
 * import { emptyFields } from "../fields/mod.ts";
 * import { rollout } from "./mod.ts";
 *
 * const none = [0, 0, 0, 0, 0, 0, 0];
 * const { x } = rollout(emptyFields(DEFAULT_LAB.N), none, 0, DEFAULT_LAB, { x0: 0, v0: 3 });
 * equal(Math.round(x[3]! * 1e9) / 1e9, 6); // 3 ticks/s for 2 s
 * ```
 *
 * @module
 */

export { Medium } from "./medium.ts";
export { clamp, type Clips, type MotionConfig, Particle } from "./particle.ts";
export { type Launch, Rollout, rollout, type RolloutResult } from "./rollout.ts";
