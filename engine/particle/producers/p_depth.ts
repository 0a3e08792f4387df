import { log } from "../../dmath/mod.ts";
import { profileOf } from "./feed_frame.ts";
import { writeResampled } from "./lattice.ts";
import type { ProfileArgs } from "./p_vac.ts";
import { fieldProducer } from "./producer.ts";

const HEIGHT = 0.8;

/** Arguments of {@link DEPTH}. */
export interface DepthArgs extends ProfileArgs {
  /** Usual great depth, contracts. */
  readonly depthRef: number;
}

/** A deep book is viscous: G = 0.8 ln(1 + depth) / ln(1 + usual great depth). */
export const DEPTH = fieldProducer<DepthArgs>({
  id: "p-depth",
  version: 1,
  target: "G",
  inputs: ["vp.depth"],
  references: [{ profile: "vp.depth", of: "value", share: 0.95, fallback: 240 }],
  argsOf: (feed, [depthRef = NaN]) => {
    const found = profileOf(feed, "vp.depth");
    return found === null || Number.isNaN(depthRef) ? null : { ...found, depthRef };
  },
  write: ({ profile, shift, depthRef }, grid, out) => {
    writeResampled(profile, shift, grid, out);
    const scale = HEIGHT / log(1 + Math.max(1, depthRef));
    for (let i = 0; i < out.length; i++) out[i] = scale * log(1 + Math.max(0, out[i]!));
  },
});
