import { BOOK_WALLS, detectWalls } from "../walls/mod.ts";
import { type Lattice, profileOf } from "./feed_frame.ts";
import { linearAt, writeResampled } from "./lattice.ts";
import { wallProducer } from "./producer.ts";
import type { ProfileArgs } from "./p_vac.ts";

/** Slow velocity of what rests that counts as fully restocked or pulled. */
const FULL_REINFORCEMENT = 0.5;

/** Arguments of {@link OMEGA}. */
export interface OmegaArgs extends ProfileArgs {
  /** Usual great prominence, > 0. */
  readonly scale: number;
  /** Slow velocity of what rests, on the anchor of the profile. */
  readonly reinforce: Lattice;
  /** Absolute ticks. */
  readonly spot: number;
}

/** Prominent obstacles of the velocity surface are walls; what builds there reinforces them. */
export const OMEGA = wallProducer<OmegaArgs>({
  id: "p-omega",
  version: 1,
  target: "W",
  walls: "book",
  inputs: ["vel.omegaProm", "vel.reinforce"],
  references: [{ profile: "vel.omegaProm", of: "value", share: 0.95, fallback: null }],
  argsOf: (feed, [scale = NaN]) => {
    const found = profileOf(feed, "vel.omegaProm");
    const reinforce = feed.profiles["vel.reinforce"];
    if (found === null || reinforce === undefined || !(scale > 0)) return null;
    return { ...found, reinforce, scale, spot: feed.spotTicks };
  },
  observe: ({ profile, shift, reinforce, scale, spot }, grid) => {
    const evidence = new Float64Array(2 * grid.N + 1);
    writeResampled(profile, shift, grid, evidence);
    for (let i = 0; i < evidence.length; i++) {
      evidence[i] = Math.min(1, Math.max(0, evidence[i]! / scale));
    }
    return detectWalls(evidence, spot, grid, BOOK_WALLS, (x) => {
      const velocity = linearAt(reinforce, x + shift);
      return Math.min(1, Math.max(-1, velocity / FULL_REINFORCEMENT));
    });
  },
});
