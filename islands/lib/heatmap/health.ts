import type { FeedState } from "../../../modules/feed/contract.ts";
import type { Motion, ScreenKind, ScreenState } from "../clock/mod.ts";
import { spanText } from "../text/mod.ts";
import type { LinkState } from "../socket/mod.ts";

/** What a glance at the heatmap must tell. */
export type HealthKind = ScreenKind | "invalid" | "replay";

/** The state of the picture, in words. `plate` is shown over the heatmap, null when all is well. */
export interface Health extends Omit<ScreenState, "kind"> {
  readonly kind: HealthKind;
  readonly plate: string | null;
}

/** What {@link assessHealth} looks at besides the picture's age. */
export interface HealthInput {
  readonly screen: ScreenState;
  readonly link: LinkState;
  readonly feed: FeedState | null;
  readonly isBookValid: boolean;
  /** Since the last bin came, ms. */
  readonly silentMs: number;
  /** Since the last word of any kind from the server, ms. */
  readonly wordMs: number;
}

/** The server speaks once a second. */
const WORD_EVERY_MS = 1_000;

/** Adds to what is true of the picture what stands over it; pure. */
export function assessHealth(input: HealthInput): Health {
  const { screen, isBookValid } = input;
  const isRunning = screen.kind === "live" || screen.kind === "late";
  if (isRunning && !isBookValid) {
    const plate = "Book invalid: cells and prices may be wrong";
    return { ...screen, kind: "invalid", word: "Book invalid", plate };
  }
  return { ...screen, plate: plateOf(input) };
}

/** Health of a picture that follows a replay. @param isCovered Whether there are bins of its time. */
export function replayHealth(screen: ScreenState, isCovered: boolean): Health {
  if (isCovered) return { ...screen, kind: "replay", plate: null };
  return {
    ...screen,
    kind: "replay",
    word: "Replay",
    detail: ", no bins here",
    plate: "No bins for this stretch: the page keeps the last minutes of the market that it saw",
  };
}

/** What moves the time of a feed. */
export function motionOf(feed: FeedState | null): Motion {
  if (feed === null) return "opening";
  if (feed.phase === "live") return "runs";
  return feed.phase === "error" ? "failed" : feed.phase;
}

function plateOf({ screen, link, feed, silentMs, wordMs }: HealthInput): string | null {
  switch (screen.kind) {
    case "loading":
      return screen.word;
    case "error":
      if (link.kind === "absent") return link.reason;
      return link.kind === "refused"
        ? `Server refused: ${link.reason}`
        : feed?.message ?? "The feed failed";
    case "reconnecting":
      return link.kind === "reconnecting"
        ? `Not connected: ${link.reason}. ${capital(screen.detail.replace(" · ", ""))}`
        : `Not connected. Try ${link.kind === "connecting" ? link.attempt : 1} is under way`;
    case "stale":
      return wordMs > 2 * WORD_EVERY_MS
        ? `Stale for ${spanText(wordMs)}: no word from the server`
        : `Stale for ${spanText(silentMs)}: no new bins`;
    case "seeking":
      return screen.detail === ""
        ? "Seeking: rebuilding the book up to the chosen time"
        : `Seeking: book rebuilt to${screen.detail}`;
    case "ended":
      return "End of the recording";
    default:
      return null;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
