import { profileOf } from "./feed_frame.ts";
import { supportOf, taper, writeResampled } from "./lattice.ts";
import type { ProfileArgs } from "./p_vac.ts";
import { fieldProducer } from "./producer.ts";

const HEIGHT = 2;

/** Arguments of {@link VEL}. */
export interface VelArgs extends ProfileArgs {
  /** Usual great size of the push, in its unit, > 0. */
  readonly scale: number;
}

/** Where quotes build below and drain above price is dragged up: C = 2 tanh(push / usual great push). */
export const VEL = fieldProducer<VelArgs>({
  id: "p-vel",
  version: 1,
  target: "C",
  inputs: ["vel.pressureGrad"],
  references: [{ profile: "vel.pressureGrad", of: "size", share: 0.95, fallback: 0.25 }],
  argsOf: (feed, [scale = NaN]) => {
    const found = profileOf(feed, "vel.pressureGrad");
    return found === null || !(scale > 0) ? null : { ...found, scale };
  },
  write: ({ profile, shift, scale }, grid, out) => {
    writeResampled(profile, shift, grid, out);
    const support = supportOf(profile);
    for (let i = 0; i < out.length; i++) {
      out[i] = HEIGHT * Math.tanh(out[i]! / scale) * taper((i - grid.N) * grid.dx, support);
    }
  },
});
