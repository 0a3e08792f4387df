import { BOOK_WALLS, detectWalls } from "../walls/mod.ts";
import { profileOf } from "./feed_frame.ts";
import { writeResampled } from "./lattice.ts";
import { wallProducer } from "./producer.ts";
import type { ProfileArgs } from "./p_vac.ts";

/** Arguments of {@link DEPTH_WALL}. */
export interface DepthWallArgs extends ProfileArgs {
  /** Usual middle and great depth, contracts. */
  readonly median: number;
  readonly great: number;
  /** Absolute ticks. */
  readonly spot: number;
}

/** Depth far above the usual is a wall; for instruments without a velocity surface. */
export const DEPTH_WALL = wallProducer<DepthWallArgs>({
  id: "p-depthwall",
  version: 1,
  target: "W",
  walls: "book",
  inputs: ["vp.depth"],
  references: [
    { profile: "vp.depth", of: "value", share: 0.5, fallback: null },
    { profile: "vp.depth", of: "value", share: 0.95, fallback: null },
  ],
  argsOf: (feed, [median = NaN, great = NaN]) => {
    const found = profileOf(feed, "vp.depth");
    if (found === null || !(great > median)) return null;
    return { ...found, median, great, spot: feed.spotTicks };
  },
  observe: ({ profile, shift, median, great, spot }, grid) => {
    const evidence = new Float64Array(2 * grid.N + 1);
    writeResampled(profile, shift, grid, evidence);
    for (let i = 0; i < evidence.length; i++) {
      evidence[i] = Math.min(1, Math.max(0, (evidence[i]! - median) / (great - median)));
    }
    return detectWalls(evidence, spot, grid, BOOK_WALLS);
  },
});
