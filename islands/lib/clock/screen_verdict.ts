import type { LinkState } from "../socket/mod.ts";
import { spanText } from "../text/mod.ts";

/** What a glance at a picture must tell; as style sheets know it. */
export type ScreenKind =
  | "loading"
  | "making"
  | "live"
  | "late"
  | "quiet"
  | "stale"
  | "paused"
  | "held"
  | "seeking"
  | "ended"
  | "reconnecting"
  | "error";

/** What moves the time of a picture. */
export type Motion = "opening" | "making" | "runs" | "paused" | "seeking" | "ended" | "failed";

/** What a verdict is given on. Ages are ms of the feed's time, all other spans ms of the reader's. */
export interface ScreenReading {
  readonly link: LinkState;
  /** The reader's clock as {@link LinkState} has it, epoch ms. */
  readonly epochMs: number;
  readonly motion: Motion;
  /** 0…1 of a seek, or of the past that is being made; null when that is not known. */
  readonly progress: number | null;
  /** The word for a picture with which all is well. */
  readonly wellWord: "Live" | "Replay";
  /** Time of the feed per time of the reader; 0 while it stands. */
  readonly rate: number;
  /** The feed's now less the newest thing drawn; null while nothing is. */
  readonly ageMs: number | null;
  /** How much of the age has come to the page and is not drawn yet. */
  readonly waitingMs: number;
  /** Since something came that could be drawn. */
  readonly silentMs: number;
  /** Since the server said anything. */
  readonly wordMs: number;
  /** Age with which all is well. */
  readonly lateAfterMs: number;
  /** Silence after which nothing is expected any more; null where silence means nothing. */
  readonly staleAfterMs: number | null;
  /** The reader holds the picture at a time that he chose. */
  readonly isHeld: boolean;
  /** The feed goes on, but nothing of it is for this picture: a filter, a quiet symbol. */
  readonly isQuiet: boolean;
}

/** A picture's state in words: `word` for everybody, `detail` for those who see it. */
export interface ScreenVerdict {
  readonly kind: ScreenKind;
  readonly word: string;
  readonly detail: string;
}

/** The server speaks once a second; after this long its silence means something. */
const SILENT_AFTER_MS = 4_000;
/** What was late is well again below this share of the bound, so that the word does not flicker. */
const BACK_BELOW = 0.5;

/** How old a picture is: tenths below ten seconds, whole seconds below ten minutes. */
export function ageText(ms: number): string {
  const age = Math.max(0, ms);
  if (age < 9_950) return `${(age / 1_000).toFixed(1)} s`;
  return age < 600_000 ? `${Math.round(age / 1_000)} s` : spanText(age);
}

/**
 * Says what is true of a picture; pure.
 *
 * @param before What was said last: a picture that was late must be clearly in time to be well again.
 */
export function judgeScreen(reading: ScreenReading, before: ScreenKind): ScreenVerdict {
  return ofLink(reading) ?? ofMotion(reading) ?? ofAge(reading, before);
}

function ofLink({ link, epochMs, ageMs, wordMs }: ScreenReading): ScreenVerdict | null {
  switch (link.kind) {
    case "refused":
      return verdict("error", "Refused");
    case "absent":
      return verdict("error", "Not loaded");
    case "reconnecting": {
      const left = Math.max(0, Math.ceil((link.retryAtMs - epochMs) / 1_000));
      return verdict("reconnecting", "Reconnecting", ` · try ${link.attempt} in ${left} s`);
    }
    case "connecting":
      if (ageMs === null) return verdict("loading", "Connecting");
      return verdict("reconnecting", "Reconnecting", ` · try ${link.attempt}`);
    default:
      return wordMs > SILENT_AFTER_MS ? stale(wordMs) : null;
  }
}

function ofMotion({ motion, progress, ageMs, waitingMs }: ScreenReading): ScreenVerdict | null {
  switch (motion) {
    case "failed":
      return verdict("error", "Feed error");
    case "opening":
      return verdict("loading", "Opening the feed");
    case "making":
      // What is drawn is old then, and nothing is wrong.
      return verdict("making", "Making", ` ${Math.floor((progress ?? 0) * 100)} %`);
    case "seeking":
      return progress === null
        ? verdict("seeking", "Seeking")
        : verdict("seeking", "Seeking", ` ${Math.round(progress * 100)} %`);
    case "paused":
    case "ended": {
      const word = motion === "paused" ? "Paused" : "Ended";
      // What stands still is only told for what it is once all of it is drawn.
      const isDrawn = ageMs !== null && waitingMs <= 0;
      return isDrawn || ageMs === null ? verdict(motion, word) : catchingUp(ageMs);
    }
    case "runs":
      return null;
  }
}

function ofAge(reading: ScreenReading, before: ScreenKind): ScreenVerdict {
  const { ageMs, waitingMs, silentMs, staleAfterMs, rate, isHeld, isQuiet, wellWord } = reading;
  if (ageMs === null) {
    return isQuiet ? verdict("quiet", "No rows") : verdict("loading", "Waiting for data");
  }
  if (isHeld) return verdict("held", "Held", `, ${ageText(ageMs)} back`);
  const isWaiting = waitingMs > ageMs / 2;
  const bound = (ms: number, kind: ScreenKind) => before === kind ? ms * BACK_BELOW : ms;
  // At ten times the speed ten seconds of the feed are one of the reader.
  const pace = rate === 0 ? 1 : Math.max(1, rate);
  const isLate = ageMs / pace > bound(reading.lateAfterMs, "late");
  if (!isLate) return verdict("live", wellWord, ` ${ageText(ageMs)}`);
  if (isQuiet && !isWaiting) return verdict("quiet", "Quiet", `, last ${ageText(ageMs)} ago`);
  const isSilent = staleAfterMs !== null && silentMs > bound(staleAfterMs, "stale");
  if (isSilent && !isWaiting) return stale(ageMs);
  return isWaiting ? catchingUp(ageMs) : verdict("late", "Behind", ` ${ageText(ageMs)}`);
}

function catchingUp(ageMs: number): ScreenVerdict {
  return verdict("late", "Catching up", `, ${ageText(ageMs)} behind`);
}

function stale(ageMs: number): ScreenVerdict {
  return verdict("stale", "Stale", ` ${ageText(ageMs)}`);
}

function verdict(kind: ScreenKind, word: string, detail = ""): ScreenVerdict {
  return { kind, word, detail };
}
