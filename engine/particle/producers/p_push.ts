import { scalarOf } from "./feed_frame.ts";
import { fieldProducer } from "./producer.ts";

/** A generic directional pressure drags price along, everywhere alike: C = 2 push. */
export const PUSH = fieldProducer<{ readonly push: number }>({
  id: "p-push",
  version: 1,
  target: "C",
  inputs: ["push"],
  argsOf: (feed) => {
    const push = scalarOf(feed, "push");
    return push === null ? null : { push };
  },
  write: ({ push }, _grid, out) => void out.fill(2 * push),
});
