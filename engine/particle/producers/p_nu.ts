import { log } from "../../dmath/mod.ts";
import { profileOf } from "./feed_frame.ts";
import { writeResampled } from "./lattice.ts";
import type { ProfileArgs } from "./p_vac.ts";
import { fieldProducer } from "./producer.ts";

/** The velocity surface's viscosity: G = 0.4 ln nu, at most 1.2. */
export const NU = fieldProducer<ProfileArgs>({
  id: "p-nu",
  version: 1,
  target: "G",
  inputs: ["vel.nu"],
  argsOf: (feed) => profileOf(feed, "vel.nu"),
  write: ({ profile, shift }, grid, out) => {
    writeResampled(profile, shift, grid, out);
    for (let i = 0; i < out.length; i++) out[i] = 0.4 * Math.min(3, log(Math.max(1, out[i]!)));
  },
});
