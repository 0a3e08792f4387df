/** Where data comes from. */
export interface Origin {
  /** Made by a generator; nothing of it was traded anywhere. */
  readonly isSynthetic: boolean;
  /** Played again from a file or a store, not as it happens. */
  readonly isReplay: boolean;
  /** Name of the file, the venue or the generator. */
  readonly source: string;
}

/** Whose data it is, of which day and from where: what every pane, export and picture says of itself. */
export interface Provenance extends Origin {
  /** Symbol, or what stands for several. */
  readonly instrument: string;
  /** Exchange date, `YYYY-MM-DD`; null when it is not known yet. */
  readonly date: string | null;
}

/** The market that this program makes. */
export const EMBEDDED_MARKET: Origin = {
  isSynthetic: true,
  isReplay: false,
  source: "embedded market",
};

/** The marks that there are. */
export const STAMP_WORDS = ["SYNTHETIC", "SYNTHETIC REPLAY", "REPLAY", "LIVE"] as const;

/** The mark that data may never be seen without. */
export type StampWord = typeof STAMP_WORDS[number];

/** The mark of an origin; what was made up stays so when it is played again. */
export function stampWord({ isSynthetic, isReplay }: Omit<Origin, "source">): StampWord {
  if (isSynthetic) return isReplay ? "SYNTHETIC REPLAY" : "SYNTHETIC";
  return isReplay ? "REPLAY" : "LIVE";
}

/** The mark as a part of a file's name. */
export function stampSlug(of: Omit<Origin, "source">): string {
  return stampWord(of).toLowerCase().replace(" ", "-");
}

/** The whole stamp in one line, such as `REPLAY · CLX5 · 2025-09-24 · CLX5_mbo.dbn`. */
export function stampText(provenance: Provenance): string {
  const { instrument, date, source } = provenance;
  return [stampWord(provenance), instrument, date, source]
    .filter((part) => part !== null && part !== "").join(" · ");
}

/** True of data of one market on one clock, whatever the instrument. */
export function isSameMarket(a: Provenance, b: Provenance): boolean {
  const isSameDay = a.date === null || b.date === null || a.date === b.date;
  return a.isSynthetic === b.isSynthetic && a.isReplay === b.isReplay && a.source === b.source &&
    isSameDay;
}

/** What of a feed's state says whose market it shows. */
export interface FeedIdentity {
  readonly kind: "synthetic" | "replay";
  /** Made up: by this program now, or in a file. */
  readonly isSynthetic: boolean;
  /** Name of the file. */
  readonly name: string;
  /** Empty while the feed is being opened. */
  readonly symbol: string;
  /** Time reached and first time, ns UTC in decimal digits. */
  readonly nowNs: string | null;
  readonly startNs: string | null;
}

/**
 * Whose market a feed shows; null before it is known.
 *
 * @param dateOf Exchange date of a time in ns UTC.
 */
export function feedProvenance(
  { kind, isSynthetic, name, symbol, nowNs, startNs }: FeedIdentity,
  dateOf: (ns: string) => string,
): Provenance | null {
  const at = nowNs ?? startNs;
  if (symbol === "" || at === null) return null;
  const origin = kind === "synthetic"
    ? EMBEDDED_MARKET
    : { isSynthetic, isReplay: true, source: name };
  return { ...origin, instrument: symbol, date: dateOf(at) };
}

/** True of one feed, though it has played on past midnight. */
export function isSameFeed(a: Provenance, b: Provenance): boolean {
  return a.instrument === b.instrument && isSameMarket({ ...a, date: null }, b);
}

/** What is said when somebody chose another feed for everybody. */
export function feedChangeText(feed: Provenance): string {
  const kind = stampWord(feed).toLowerCase();
  const { instrument, date, source } = feed;
  const name = source === instrument || source === "" ? [] : [source];
  return `Feed changed to ${[instrument, date ?? "", kind, ...name].filter(Boolean).join(" · ")}`;
}
