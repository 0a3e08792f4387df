/** A number of a feed. */
export interface FeedScalar {
  readonly v: number;
  /** From its time to the end of the tick, s; Infinity where there was none yet. */
  readonly ageS: number;
}

/** Values of a feed on a lattice of prices. */
export interface FeedProfile extends Lattice {
  /** The feed's own anchor, absolute ticks. */
  readonly refTicks: number;
  readonly ageS: number;
}

/** Values at equal distances. */
export interface Lattice {
  /** Where the first sample lies, ticks from the anchor. */
  readonly x0: number;
  /** From a sample to the next, ticks, > 0. */
  readonly step: number;
  readonly v: ArrayLike<number>;
}

/** Gamma exposure and quote flow at the strikes; columns of which the first `count` rows hold. */
export interface FeedStrikes {
  readonly count: number;
  /** Absolute price of the strike, ticks. */
  readonly ticks: ArrayLike<number>;
  readonly absNorm: ArrayLike<number>;
  readonly imb: ArrayLike<number>;
  readonly reinforceNorm: ArrayLike<number>;
  readonly pullRestNorm: ArrayLike<number>;
  readonly ageS: number;
}

/** What producers read of a frame of the market; a channel that is not there is stale. */
export interface FeedFrame {
  /** Whole number; rises. */
  readonly tick: number;
  /** Mid, absolute ticks. */
  readonly spotTicks: number;
  readonly scalars: Readonly<Record<string, FeedScalar>>;
  readonly profiles: Readonly<Record<string, FeedProfile>>;
  readonly gex: FeedStrikes;
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
): { readonly profile: FeedProfile; readonly shift: number } | null {
  const profile = feed.profiles[channel];
  return profile === undefined ? null : { profile, shift: feed.spotTicks - profile.refTicks };
}

/** A number by its name; null when it is not there. */
export function scalarOf(feed: FeedFrame, channel: string): number | null {
  return feed.scalars[channel]?.v ?? null;
}
