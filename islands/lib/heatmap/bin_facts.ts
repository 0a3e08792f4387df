import type { FeedState } from "../../../modules/feed/contract.ts";
import type { ScreenFacts } from "../clock/mod.ts";
import { pictureFacts, type PictureReading } from "../picture/mod.ts";
import { motionOf } from "./health.ts";

/** A picture this much behind is late, and without a new bin for that long it is stale, ms. */
const LATE_AFTER_MS = 1_000;
const STALE_AFTER_MS = 3_000;
/** The same in bins, for a feed that is slow. */
const LATE_AFTER_BINS = 5;
const STALE_AFTER_BINS = 20;

/** What the driver knows of its picture. */
export interface BinReading
  extends
    Pick<PictureReading, "link" | "rate" | "isHeld" | "isReplay" | "newestAtMs" | "wordAtMs"> {
  readonly feed: FeedState | null;
  /** Width of a bin, ms. */
  readonly cellMs: number;
}

/** What the age of a picture of bins is judged by. */
export function binFacts({ feed, cellMs, ...of }: BinReading): ScreenFacts {
  const binMs = cellMs / (of.rate === 0 ? 1 : Math.min(1, of.rate));
  return pictureFacts({
    ...of,
    motion: motionOf(feed),
    progress: feed?.progress ?? null,
    isRecording: feed?.kind === "replay",
    lateAfterMs: Math.max(LATE_AFTER_MS, LATE_AFTER_BINS * binMs),
    staleAfterMs: Math.max(STALE_AFTER_MS, STALE_AFTER_BINS * binMs),
  });
}
