/**
 * Seeded random numbers, the same on every machine.
 *
 * @example
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { Xoshiro256 } from "./mod.ts";
 *
 * const rng = new Xoshiro256(7);
 * const saved = rng.save();
 * const drawn = rng.uniform();
 * ok(drawn >= 0 && drawn < 1);
 * rng.restore(saved);
 * equal(rng.uniform(), drawn);
 * ```
 *
 * @module
 */

export { philox2x32 } from "./philox2x32.ts";
export { SplitMix64, type Word64 } from "./splitmix64.ts";
export { Xoshiro128 } from "./xoshiro128.ts";
export { Xoshiro256 } from "./xoshiro256.ts";
