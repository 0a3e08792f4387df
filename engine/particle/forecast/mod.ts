/**
 * The loop of the lab: what was forecast is scored and taught, then the next forecast is made.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { DEFAULT_LAB } from "../config.ts";
 * import { emptyFields } from "../fields/mod.ts";
 * import { LabLoop } from "./mod.ts";
 *
 * const cfg = { ...DEFAULT_LAB, N: 20 };
 * const loop = new LabLoop(cfg, "rls");
 * loop.tick(0, 20_000, 0, emptyFields(cfg.N));
 * const { vhat, resolved } = loop.tick(1, 20_001, 0, emptyFields(cfg.N));
 * equal(vhat, 2); // one tick in half a second
 * equal(resolved.length, 1);
 * ```
 *
 * @module
 */

export { Bands } from "./bands.ts";
export { fnv1a } from "./digest.ts";
export { LabLoop, type LabOptions, type LearnerKind } from "./lab_loop.ts";
export type { LabLoopState } from "./lab_state.ts";
export type { LabTick } from "./lab_tick.ts";
export type { Entry } from "./ledger.ts";
