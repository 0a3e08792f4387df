import type { FeedFrame } from "./feed_frame.ts";

/** Gamma exposure and quote flow at one strike. */
export interface Strike {
  /** Absolute price, ticks. */
  readonly ticks: number;
  /** Size of the exposure between its usual bounds, 0 to 1. */
  readonly absNorm: number;
  /** Calls less puts, of their sum, -1 to 1. */
  readonly imb: number;
  /** Added less pulled and filled between its usual bounds, 0 to 1. */
  readonly reinforceNorm: number;
  /** Pulled of what had rested between its usual bounds, 0 to 1. */
  readonly pullRestNorm: number;
}

/** Strikes of a frame, by rising price. */
export function strikesOf({ gex }: FeedFrame): readonly Strike[] {
  return Array.from({ length: gex.count }, (_, i) => ({
    ticks: gex.ticks[i]!,
    absNorm: gex.absNorm[i]!,
    imb: gex.imb[i]!,
    reinforceNorm: gex.reinforceNorm[i]!,
    pullRestNorm: gex.pullRestNorm[i]!,
  }));
}
