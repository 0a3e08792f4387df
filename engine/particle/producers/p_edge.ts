import { scalarOf } from "./feed_frame.ts";
import { addGaussian } from "./gaussian.ts";
import { fieldProducer } from "./producer.ts";

const HEIGHT = 3;
const SIGMA = 40;

/** Arguments of {@link EDGE}. */
export interface EdgeArgs {
  /** Forces that push up less those that push down, in the feed's unit. */
  readonly netEdge: number;
  /** Their sum, >= 0. */
  readonly forceTotal: number;
}

/** The book's net force drags price along near the spot: C = 3 netEdge / forceTotal, within 40 ticks. */
export const EDGE = fieldProducer<EdgeArgs>({
  id: "p-edge",
  version: 1,
  target: "C",
  inputs: ["vp.netEdge", "vp.forceTotal"],
  argsOf: (feed) => {
    const [netEdge, forceTotal] = [scalarOf(feed, "vp.netEdge"), scalarOf(feed, "vp.forceTotal")];
    return netEdge === null || forceTotal === null ? null : { netEdge, forceTotal };
  },
  write: ({ netEdge, forceTotal }, grid, out) => {
    const edge = Math.min(1, Math.max(-1, netEdge / (forceTotal + 1e-9)));
    out.fill(0);
    addGaussian(out, grid, 0, SIGMA, HEIGHT * edge);
  },
});
