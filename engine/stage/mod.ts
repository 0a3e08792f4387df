/**
 * What a step of a market worker is, and several of them as one.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { type Stage, stagesOf } from "./mod.ts";
 *
 * class Sum implements Stage<number, number> {
 *   #sum = 0;
 *   take(value: number) { this.#sum += value; }
 *   closeUntil() {}
 *   finish() {}
 *   save() { return this.#sum; }
 *   restore(sum: number) { this.#sum = sum; }
 *   hash() { return String(this.#sum); }
 * }
 *
 * const both = stagesOf([new Sum(), new Sum()]);
 * both.take(3);
 * const saved = both.save();
 * both.take(4);
 * both.restore(saved);
 * equal(both.hash(), "3-3");
 * ```
 *
 * @module
 */

export type { Stage } from "./stage.ts";
export { stagesOf } from "./stages.ts";
