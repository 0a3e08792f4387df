import type { FeedState } from "../../../modules/feed/contract.ts";
import type { ScreenFacts } from "../clock/mod.ts";
import { type LinkState, pageMs } from "../socket/mod.ts";
import { motionOf } from "./health.ts";

/** A picture this much behind is late, and without a new bin for that long it is stale, ms. */
const LATE_AFTER_MS = 1_000;
const STALE_AFTER_MS = 3_000;
/** The same in bins, for a feed that is slow. */
const LATE_AFTER_BINS = 5;
const STALE_AFTER_BINS = 20;

/** What the driver knows of its picture. */
export interface PictureState {
  readonly link: LinkState;
  readonly feed: FeedState | null;
  /** Exchange time per time of the page, 0 while the feed stands. */
  readonly rate: number;
  /** Width of a bin. */
  readonly cellMs: number;
  /** The reader has gone back into the past. */
  readonly isHeld: boolean;
  /** The page follows a replay of its own. */
  readonly isReplay: boolean;
  /** When the newest bin came, and the newest word of any kind, ms of the page. */
  readonly binAtMs: number;
  readonly wordAtMs: number;
}

/** What the age of a picture is judged by. */
export function pictureFacts(of: PictureState): ScreenFacts {
  const { link, feed, rate, cellMs, isHeld, isReplay, binAtMs, wordAtMs } = of;
  const nowMs = pageMs();
  const binMs = cellMs / (rate === 0 ? 1 : Math.min(1, rate));
  const well = {
    epochMs: Date.now(),
    progress: feed?.progress ?? null,
    lateAfterMs: Math.max(LATE_AFTER_MS, LATE_AFTER_BINS * binMs),
    isHeld,
    isQuiet: false,
  };
  if (isReplay) {
    return {
      ...well,
      motion: "runs",
      rate: 1,
      silentMs: 0,
      wordMs: 0,
      staleAfterMs: null,
      link: { kind: "live", sinceMs: 0 },
      wellWord: "Replay",
    };
  }
  return {
    ...well,
    link,
    motion: motionOf(feed),
    wellWord: feed?.kind === "replay" ? "Replay" : "Live",
    rate,
    silentMs: nowMs - binAtMs,
    wordMs: nowMs - wordAtMs,
    staleAfterMs: Math.max(STALE_AFTER_MS, STALE_AFTER_BINS * binMs),
  };
}
