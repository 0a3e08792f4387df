import { scalarOf } from "./feed_frame.ts";
import { fieldProducer } from "./producer.ts";

/** The blend of the directional signals drags price along: C = 2 signal. */
export const SIGNAL = fieldProducer<{ readonly signal: number }>({
  id: "p-signal",
  version: 1,
  target: "C",
  inputs: ["vp.signal"],
  argsOf: (feed) => {
    const signal = scalarOf(feed, "vp.signal");
    return signal === null ? null : { signal };
  },
  write: ({ signal }, _grid, out) => void out.fill(2 * signal),
});
