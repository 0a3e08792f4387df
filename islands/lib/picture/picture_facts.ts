import type { ScreenFacts } from "../clock/mod.ts";
import { type LinkState, pageMs } from "../socket/mod.ts";

/** What a driver knows of its picture. */
export interface PictureReading {
  readonly link: LinkState;
  readonly motion: ScreenFacts["motion"];
  /** How far a seek is, 0 to 1; null while there is none. */
  readonly progress: number | null;
  /** The market is a recording. */
  readonly isRecording: boolean;
  /** Exchange time per time of the page; 0 while the feed stands. */
  readonly rate: number;
  /** The reader has gone back into the past. */
  readonly isHeld: boolean;
  /** The page plays again what it keeps. */
  readonly isReplay: boolean;
  /** When the newest column came, and the newest word of any kind, ms of the page. */
  readonly newestAtMs: number;
  readonly wordAtMs: number;
  /** A picture this much behind is late, and without a new column for that long it is stale, ms. */
  readonly lateAfterMs: number;
  readonly staleAfterMs: number;
}

/** What the age of a picture is judged by. */
export function pictureFacts(of: PictureReading): ScreenFacts {
  const { progress, lateAfterMs, isHeld } = of;
  const same = { epochMs: Date.now(), progress, lateAfterMs, isHeld, isQuiet: false };
  if (of.isReplay) {
    return {
      ...same,
      motion: "runs",
      rate: 1,
      silentMs: 0,
      wordMs: 0,
      staleAfterMs: null,
      link: { kind: "live", sinceMs: 0 },
      wellWord: "Replay",
    };
  }
  const nowMs = pageMs();
  return {
    ...same,
    link: of.link,
    motion: of.motion,
    wellWord: of.isRecording ? "Replay" : "Live",
    rate: of.rate,
    silentMs: nowMs - of.newestAtMs,
    wordMs: nowMs - of.wordAtMs,
    staleAfterMs: of.staleAfterMs,
  };
}
