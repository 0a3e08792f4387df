/**
 * What a tick of the lab is, and what the lab knows of a market at the end of one.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { tickEndNs, tickOf } from "./mod.ts";
 *
 * const tick = tickOf(1_758_742_200_000_860_311n, 0.5);
 * equal(tick, 3_517_484_400); // more than 31 bits
 * equal(tickEndNs(tick, 0.5), 1_758_742_200_500_000_000n);
 * ```
 *
 * @module
 */

export { LabFrames, type LabFramesOptions, type LabFramesState } from "./lab_frames.ts";
export {
  type FrameFault,
  type FrameSizes,
  type GexTable,
  type MarketFrame,
  type ProfileChannel,
  type ProfileName,
  type ScalarChannel,
  type ScalarName,
} from "./market_frame.ts";
export { FrameRules, type FrameRulesState } from "./frame_rules.ts";
export { tickEndNs, tickOf } from "./tick_clock.ts";
