import { profileOf } from "./feed_frame.ts";
import { addGaussian } from "./gaussian.ts";
import type { ProfileArgs } from "./p_vac.ts";
import { fieldProducer } from "./producer.ts";

const SIGMA = 10;
const HEIGHT = 0.5;

/** Experiment, in no preset: strikes whose option quotes build draw price, U = -tanh(velocity) / 2. */
export const OPT = fieldProducer<ProfileArgs>({
  id: "p-opt",
  version: 1,
  target: "U",
  inputs: ["opt.velocity"],
  argsOf: (feed) => profileOf(feed, "opt.velocity"),
  write: ({ profile: { x0, step, v }, shift }, grid, out) => {
    out.fill(0);
    for (let j = 0; j < v.length; j++) {
      addGaussian(out, grid, x0 + j * step - shift, SIGMA, -HEIGHT * Math.tanh(v[j]!));
    }
  },
});
