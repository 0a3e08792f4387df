import { scalarOf } from "./feed_frame.ts";
import { wallProducer } from "./producer.ts";
import { type Strike, strikesOf } from "./strikes.ts";

/** Width of a strike's wall as a standard deviation, ticks. */
const SIGMA = 6;

/** Arguments of {@link GEX}. */
export interface GexArgs {
  readonly strikes: readonly Strike[];
  /** Where no flow lies between the bounds of the flow, (0, 1). */
  readonly neutral: number;
}

/** Strikes with much gamma are walls; quotes that build there reinforce them, quotes pulled wear them. */
export const GEX = wallProducer<GexArgs>({
  id: "p-gex",
  version: 1,
  target: "W",
  walls: "gex",
  inputs: ["gex", "gex.neutral"],
  argsOf: (feed) => {
    const neutral = scalarOf(feed, "gex.neutral");
    return neutral === null ? null : { strikes: strikesOf(feed), neutral };
  },
  observe: ({ strikes, neutral }) =>
    strikes.map(({ ticks, absNorm, reinforceNorm, pullRestNorm }) => {
      const flow = (reinforceNorm - neutral) / Math.max(neutral, 1 - neutral);
      const r = held(held(flow) - 0.5 * pullRestNorm);
      return { center: ticks, e: absNorm, r, sigma: SIGMA };
    }),
});

/** Holds a value inside -1..1. */
function held(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
