import { addGaussian } from "./gaussian.ts";
import { fieldProducer } from "./producer.ts";
import { type Strike, strikesOf } from "./strikes.ts";

const SIGMA = 10;

/** Arguments of {@link GEX_PIN}. */
export interface GexPinArgs {
  readonly strikes: readonly Strike[];
  /** Absolute ticks. */
  readonly spot: number;
}

/** Positive gamma pins, a valley of U at the strike; negative gamma repels, a ridge. */
export const GEX_PIN = fieldProducer<GexPinArgs>({
  id: "p-gexpin",
  version: 1,
  target: "U",
  inputs: ["gex"],
  argsOf: (feed) => ({ strikes: strikesOf(feed), spot: feed.spotTicks }),
  write: ({ strikes, spot }, grid, out) => {
    out.fill(0);
    for (const { ticks, imb, absNorm } of strikes) {
      addGaussian(out, grid, ticks - spot, SIGMA, -imb * absNorm);
    }
  },
});
