import type { ScreenFacts, ScreenState } from "../clock/mod.ts";
import { type LinkState, pageMs } from "../socket/mod.ts";
import { pictureFacts } from "../picture/mod.ts";
import { spanText } from "../text/mod.ts";
import { type FeedWord, motionOf } from "./feed_word.ts";

/** The state of the picture in words. `plate` is shown over it, null when all is well. */
export interface SurfaceHealth extends Omit<ScreenState, "kind"> {
  readonly kind: ScreenState["kind"] | "replay";
  readonly plate: string | null;
  /** What else there is to know while the plate stands. */
  readonly note: string | null;
}

/** What the driver knows of its picture. */
export interface SurfaceReading {
  readonly link: LinkState;
  readonly feed: FeedWord | null;
  /** The stream said that its data has ended. */
  readonly hasEnded: boolean;
  /** Exchange time per time of the page; 0 while the feed stands. */
  readonly rate: number;
  readonly isHeld: boolean;
  /** The page plays again what it keeps. */
  readonly isReplay: boolean;
  /** When the newest window came, and the newest word of any kind, ms of the page. */
  readonly windowAtMs: number;
  readonly wordAtMs: number;
}

/** A window closes a second after the one before: later than this it is late, then gone, ms. */
const LATE_AFTER_MS = 2_500;
const STALE_AFTER_MS = 5_000;
/** A market that sends nothing for so long has no surfaces, ms. */
const NOTHING_AFTER_MS = 8_000;

/** What the age of a picture is judged by. */
export function surfaceFacts(of: SurfaceReading): ScreenFacts {
  const { feed, hasEnded, windowAtMs, ...same } = of;
  const slow = of.rate === 0 ? 1 : 1 / Math.min(1, of.rate);
  return pictureFacts({
    ...same,
    motion: hasEnded ? "ended" : motionOf(feed),
    progress: feed?.progress ?? null,
    isRecording: feed?.kind === "replay",
    newestAtMs: windowAtMs,
    lateAfterMs: LATE_AFTER_MS * slow,
    staleAfterMs: STALE_AFTER_MS * slow,
  });
}

/** Adds to what is true of the picture what stands over it. */
export function surfaceHealth(
  screen: ScreenState,
  of: SurfaceReading,
  hasWindows: boolean,
): SurfaceHealth {
  if (of.isReplay) {
    return hasWindows ? { ...screen, kind: "replay", plate: null, note: null } : {
      ...screen,
      kind: "replay",
      word: "Replay",
      detail: ", no seconds here",
      plate: "No surfaces for this stretch",
      note: "The page keeps the half hour of the market that it saw",
    };
  }
  return { ...screen, ...plateOf(screen, of, hasWindows) };
}

function plateOf(
  screen: ScreenState,
  { link, feed, windowAtMs, wordAtMs }: SurfaceReading,
  hasWindows: boolean,
): Pick<SurfaceHealth, "plate" | "note"> {
  const nowMs = pageMs();
  switch (screen.kind) {
    case "loading":
      return waiting(screen, nowMs - windowAtMs);
    case "error":
      if (link.kind === "absent") return { plate: "Not loaded", note: link.reason };
      if (link.kind === "refused") return { plate: "The server refused", note: link.reason };
      return { plate: "The feed failed", note: feed?.message ?? null };
    case "reconnecting":
      return {
        plate: link.kind === "reconnecting"
          ? `Not connected: ${link.reason}`
          : "Not connected: a try is under way",
        note: link.kind === "reconnecting"
          ? `Try ${link.attempt} in ${
            Math.max(0, Math.ceil((link.retryAtMs - Date.now()) / 1_000))
          } s. What is drawn is old`
          : "What is drawn is old",
      };
    case "stale":
      return nowMs - wordAtMs > STALE_AFTER_MS
        ? { plate: `Stale for ${spanText(nowMs - wordAtMs)}`, note: "No word from the server" }
        : { plate: `Stale for ${spanText(nowMs - windowAtMs)}`, note: "No new second has come" };
    case "seeking":
      return { plate: "Seeking", note: "The market goes to the chosen time" };
    case "ended":
      return { plate: hasWindows ? "End of the recording" : "Ended without a second", note: null };
    default:
      return { plate: null, note: null };
  }
}

function waiting(screen: ScreenState, silentMs: number): Pick<SurfaceHealth, "plate" | "note"> {
  if (screen.word !== "Waiting for data") return { plate: screen.word, note: null };
  return silentMs < NOTHING_AFTER_MS
    ? { plate: "Waiting for the first second", note: "A column is drawn when its second is over" }
    : {
      plate: "No surfaces yet",
      note: `Nothing has come for ${
        spanText(silentMs)
      }: this market makes none, or its book is empty`,
    };
}
