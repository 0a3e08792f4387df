/**
 * What feeds say about the medium: one file per producer, each with one target.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { freshness } from "../freshness.ts";
import { producer } from "./mod.ts";
 *
 * const current = producer("p-ofi", { ofiNorm: 0.5 }, { N: 10, dx: 2, dt: 0.5 });
 * equal(current[0], 2); // ticks/s
 * equal(freshness(3), 0); // a feed of three seconds ago says nothing
 * ```
 *
 * @module
 */

export type { FeedFrame, Lattice } from "./feed_frame.ts";
export type { Strike } from "./strikes.ts";
export { FrameMedium, type FrameMediumState } from "./frame_medium.ts";
export { type Chosen, type PresetName, PRESETS } from "./presets.ts";
export type { WallKind } from "./producer.ts";
export { ProducerSet, type ProducerSetState } from "./producer_set.ts";
export {
  producer,
  type ProducerArgs,
  type ProducerId,
  type ProducerOutput,
  PRODUCERS,
} from "./registry.ts";
