import type { FeedState } from "../../../modules/feed/contract.ts";
import { spanText } from "../text/mod.ts";
import type { LinkState } from "../socket/mod.ts";

/** What a glance at the terminal must tell. */
export type HealthKind =
  | "loading"
  | "live"
  | "late"
  | "stale"
  | "invalid"
  | "paused"
  | "seeking"
  | "ended"
  | "reconnecting"
  | "replay"
  | "error";

/** The state of the picture, in words. `plate` is shown over the heatmap, null when all is well. */
export interface Health {
  readonly kind: HealthKind;
  readonly label: string;
  readonly plate: string | null;
}

/** What {@link assessHealth} looks at. Ages in ms by the page's own clock. */
export interface HealthInput {
  /** Epoch ms. */
  readonly nowMs: number;
  readonly link: LinkState;
  readonly feed: FeedState | null;
  readonly cellMs: number;
  readonly hasBins: boolean;
  readonly bookValid: boolean;
  /** Since the last bin came, or since the stream opened when there was none. */
  readonly binAgeMs: number;
  /** Since the last word of any kind from the server. */
  readonly wordAgeMs: number;
}

const LATE_AFTER_MS = 1_000;
const STALE_AFTER_MS = 3_000;
/** The server speaks once a second; after this long its silence means something. */
const SILENT_AFTER_MS = 4_000;
const LAG_LATE_MS = 1_000;

/** Returns the worst thing that is true of the stream right now; pure. */
export function assessHealth(input: HealthInput): Health {
  const { link, feed, nowMs } = input;
  if (link.kind === "refused") {
    return { kind: "error", label: "Refused", plate: `Server refused: ${link.reason}` };
  }
  if (link.kind === "reconnecting") {
    const next = Math.max(0, Math.ceil((link.retryAtMs - nowMs) / 1_000));
    return {
      kind: "reconnecting",
      label: `Reconnecting · try ${link.attempt} in ${next} s`,
      plate: `Not connected: ${link.reason}. Try ${link.attempt} in ${next} s`,
    };
  }
  if (link.kind === "connecting") return connecting(input, link.attempt);
  if (feed?.phase === "error") {
    return { kind: "error", label: "Feed error", plate: feed.message ?? "The feed failed" };
  }
  if (input.wordAgeMs > SILENT_AFTER_MS) return stale(input.wordAgeMs, "no word from the server");
  return feed === null ? loading("Waiting for the feed") : ofPhase(input, feed);
}

/** Health of a picture that follows a replay. @param isCovered Whether there are bins of its time. */
export function replayHealth(isCovered: boolean): Health {
  return {
    kind: "replay",
    label: "Replay",
    plate: isCovered
      ? null
      : "No bins for this stretch: the page keeps the last minutes of the market that it saw",
  };
}

function connecting(input: HealthInput, attempt: number): Health {
  if (!input.hasBins) return loading("Connecting");
  return {
    kind: "reconnecting",
    label: `Reconnecting · try ${attempt}`,
    plate: `Not connected. Try ${attempt} is under way`,
  };
}

function ofPhase(input: HealthInput, feed: FeedState): Health {
  switch (feed.phase) {
    case "error":
    case "opening":
      return loading("Opening the feed");
    case "seeking":
      return {
        kind: "seeking",
        label: feed.progress === null ? "Seeking" : `Seeking ${Math.round(feed.progress * 100)} %`,
        plate: feed.progress === null
          ? "Seeking: rebuilding the book up to the chosen time"
          : `Seeking: book rebuilt to ${Math.round(feed.progress * 100)} %`,
      };
    case "paused":
      return { kind: "paused", label: "Paused", plate: null };
    case "ended":
      return { kind: "ended", label: "Ended", plate: "End of the recording" };
    case "live":
      return ofLive(input, feed);
  }
}

function ofLive(input: HealthInput, feed: FeedState): Health {
  const pace = feed.speed === "max" ? 1 : Math.min(1, feed.speed);
  const expectedMs = input.cellMs / pace;
  if (input.binAgeMs > Math.max(STALE_AFTER_MS, 20 * expectedMs)) {
    return stale(input.binAgeMs, "no new bins");
  }
  if (!input.hasBins) return loading("Waiting for the first bin");
  if (!input.bookValid) {
    return {
      kind: "invalid",
      label: "Book invalid",
      plate: "Book invalid: cells and prices may be wrong",
    };
  }
  if (input.binAgeMs > Math.max(LATE_AFTER_MS, 5 * expectedMs)) {
    return { kind: "late", label: `Late ${spanText(input.binAgeMs)}`, plate: null };
  }
  if (feed.lagMs > LAG_LATE_MS) {
    return { kind: "late", label: `Late ${spanText(feed.lagMs)} behind`, plate: null };
  }
  return { kind: "live", label: feed.kind === "replay" ? "Replaying" : "Live", plate: null };
}

function loading(label: string): Health {
  return { kind: "loading", label, plate: label };
}

function stale(ageMs: number, why: string): Health {
  return {
    kind: "stale",
    label: `Stale ${spanText(ageMs)}`,
    plate: `Stale for ${spanText(ageMs)}: ${why}`,
  };
}
