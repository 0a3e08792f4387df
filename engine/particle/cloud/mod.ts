/**
 * Random draws of the lab and the clouds of particles made of them.
 *
 * @example
 * ```ts
 * import { deepEqual, ok } from "node:assert/strict";
 * import { normals } from "./mod.ts";
 *
 * const [even = 0, odd = 0] = normals(12, 0, 2026);
 * ok(Math.abs(even) < 7 && Math.abs(odd) < 7);
 * deepEqual(normals(12, 0, 2026), Float64Array.of(even, odd)); // a counter, not a state
 * ```
 *
 * @module
 */

export { diffusionOf } from "./diffusion.ts";
export { Cloud, type CloudRun, type CloudStats, ensemble } from "./ensemble.ts";
export { normals, openUniform } from "./normals.ts";
