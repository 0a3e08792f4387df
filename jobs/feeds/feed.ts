import type { MboBlock } from "../../engine/dbn/mod.ts";
import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { Chain } from "../../engine/surfaces/gamma/mod.ts";
import type { Regime } from "../../modules/feed/contract.ts";

/** Takes what a feed delivers, in order. What it is given is valid only inside the call. */
export interface FeedSink {
  /** A run of market-by-order records. */
  mbo(block: MboBlock): void;
}

/**
 * How a pull ended: `due` when every event before the time asked for was delivered, `more` when it
 * stopped at the number of records asked for, `ended` when no event is left at all.
 */
export type Pulled = "due" | "more" | "ended";

/** Yields market events in time order and nothing else. It knows no engine. */
export interface Feed {
  /** File name, or "synthetic". */
  readonly name: string;

  /**
   * Delivers every event before `untilNs`, in order.
   *
   * @param untilNs Epoch ns, exclusive.
   * @param maxRecords Stop after about this many records, so that a long stretch can be interrupted.
   * @throws {DbnError} When the source is broken; what came before it was delivered.
   */
  pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled>;

  /** Releases files. */
  close(): void;
}

/** A feed that says whose events it yields and what time they cover. */
export interface Described {
  /** Whether its events were made up and traded nowhere. */
  readonly isSynthetic: boolean;
  /** Raw symbol of the instrument, empty when the feed does not say. */
  readonly symbol: string;
  /** Text symbol of an instrument id, or null when the feed does not say. */
  readonly symbolOf: (instrumentId: number) => string | null;
  /** Epoch ns of the first event after a snapshot, and the end; null when unknown or endless. */
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  /** Whether the first records describe a book from before `startNs`, with the times of its orders. */
  readonly opensWithSnapshot: boolean;
}

/** A feed that can go back: a recording. */
export interface Seekable {
  /** Records delivered so far: the position to give to {@link Seekable.rewind}. */
  readonly position: number;
  /** Starts again so that the next event is record number `position`. */
  rewind(position: number): Promise<void>;
}

/** A feed whose market can be steered: a synthetic one. */
export interface Steerable {
  /** The regime in force. */
  readonly regime: Regime;
  /** Whether that regime was chosen by hand and stays. */
  readonly regimeHeld: boolean;
  /** Holds a regime, or lets the market's plan go on (null). */
  setRegime(regime: Regime | null): void;
  /** Takes the control timeline after a change; each entry comes into force at its `activate_at`. */
  follow(timeline: ControlTimeline): void;
}

/** A feed that has the day's options beside their future. */
export interface Listing {
  /** Those listed now; another object once others are. */
  readonly chain: Chain;
}

/** What a run needs of any feed. */
export type MarketFeed = Feed & Described;

/** What a run needs of a recording. */
export type RecordedFeed = MarketFeed & Seekable;

/** Whether a feed can go back. */
export function isSeekable<F extends Feed>(feed: F): feed is F & Seekable {
  return "rewind" in feed;
}

/** Whether a feed has options. */
export function isListing<F extends Feed>(feed: F): feed is F & Listing {
  return "chain" in feed;
}

/** Whether a feed can be steered. */
export function isSteerable<F extends Feed>(feed: F): feed is F & Steerable {
  return "setRegime" in feed;
}

/** A feed that cannot be opened or read, with a message for people. */
export class FeedError extends RangeError {
  override readonly name = "FeedError";
  readonly code:
    | "not_found"
    | "unreadable"
    | "not_seekable"
    | "not_running"
    | "out_of_range"
    | "no_regime"
    | "no_instrument"
    | "bad_plan";

  constructor(code: FeedError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
