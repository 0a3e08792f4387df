import { scalarOf } from "./feed_frame.ts";
import { addGaussian } from "./gaussian.ts";
import { fieldProducer } from "./producer.ts";

const DEPTH = 2;
const SIGMA = 4;
/** Farthest of the micro-price from the mid, ticks. */
const FARTHEST = 2;

/** The micro-price draws price: a valley of U, 2 deep and 4 ticks wide, at its offset from the mid. */
export const MICRO = fieldProducer<{ readonly microOffset: number }>({
  id: "p-micro",
  version: 1,
  target: "U",
  inputs: ["book.microOffset"],
  argsOf: (feed) => {
    const microOffset = scalarOf(feed, "book.microOffset");
    return microOffset === null ? null : { microOffset };
  },
  write: ({ microOffset }, grid, out) => {
    out.fill(0);
    const centre = Math.min(FARTHEST, Math.max(-FARTHEST, microOffset));
    addGaussian(out, grid, centre, SIGMA, -DEPTH);
  },
});
