import { type Lattice, profileOf } from "./feed_frame.ts";
import { supportOf, taper, writeResampled } from "./lattice.ts";
import { fieldProducer } from "./producer.ts";

const HEIGHT = 2;

/** A profile, and the way from its anchor to the spot in ticks. */
export interface ProfileArgs {
  readonly profile: Lattice;
  readonly shift: number;
}

/** Vacuum is a valley and pressure a ridge: U = 2 score, faded out at the window's edge. */
export const VAC = fieldProducer<ProfileArgs>({
  id: "p-vac",
  version: 1,
  target: "U",
  inputs: ["vp.score"],
  argsOf: (feed) => profileOf(feed, "vp.score"),
  write: ({ profile, shift }, grid, out) => {
    writeResampled(profile, shift, grid, out);
    const support = supportOf(profile);
    for (let i = 0; i < out.length; i++) {
      out[i] = HEIGHT * out[i]! * taper((i - grid.N) * grid.dx, support);
    }
  },
});
