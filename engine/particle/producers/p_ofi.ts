import { scalarOf } from "./feed_frame.ts";
import { fieldProducer } from "./producer.ts";

/** Order flow drags price along, everywhere alike: C = 4 imbalance. */
export const OFI = fieldProducer<{ readonly ofiNorm: number }>({
  id: "p-ofi",
  version: 1,
  target: "C",
  inputs: ["flow.ofiNorm"],
  argsOf: (feed) => {
    const ofiNorm = scalarOf(feed, "flow.ofiNorm");
    return ofiNorm === null ? null : { ofiNorm };
  },
  write: ({ ofiNorm }, _grid, out) => void out.fill(4 * ofiNorm),
});
