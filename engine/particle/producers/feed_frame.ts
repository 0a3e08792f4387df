import type { MarketFrame, ProfileChannel, ScalarChannel } from "../frames/mod.ts";

/** Values at equal distances. */
export interface Lattice {
  /** Where the first sample lies, ticks from the anchor. */
  readonly x0: number;
  /** From a sample to the next, ticks, > 0. */
  readonly step: number;
  readonly v: ArrayLike<number>;
}

/** What producers read of a frame of the market, or of a source with channels of its own. */
export interface FeedFrame extends Readonly<Pick<MarketFrame, "tick" | "spotTicks" | "gex">> {
  /** Numbers by name; one that is not there is stale. */
  readonly scalars: Readonly<Record<string, ScalarChannel>>;
  /** Profiles by name; one that is not there is stale. */
  readonly profiles: Readonly<Record<string, ProfileChannel>>;
}

/** Age of a channel by its name, s; `gex` is the table of strikes. Infinity when it is not there. */
export function ageOf(feed: FeedFrame, channel: string): number {
  if (channel === "gex") return feed.gex.count > 0 ? feed.gex.ageS : Infinity;
  return (feed.scalars[channel] ?? feed.profiles[channel])?.ageS ?? Infinity;
}

/** A profile by its name with the way from its anchor to the spot, ticks; null when it is not there. */
export function profileOf(
  feed: FeedFrame,
  channel: string,
): { readonly profile: ProfileChannel; readonly shift: number } | null {
  const profile = feed.profiles[channel];
  return profile === undefined ? null : { profile, shift: feed.spotTicks - profile.refTicks };
}

/** A number by its name; null when it is not there. */
export function scalarOf(feed: FeedFrame, channel: string): number | null {
  return feed.scalars[channel]?.v ?? null;
}
