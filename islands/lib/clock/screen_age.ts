import {
  judgeScreen,
  type ScreenKind,
  type ScreenReading,
  type ScreenVerdict,
} from "./screen_verdict.ts";

/** What a picture's owner knows besides what is drawn. */
export type ScreenFacts = Omit<ScreenReading, "ageMs" | "waitingMs">;

/** What a screen age is made with. All times are epoch ms of the feed. */
export interface ScreenAgeOptions {
  /** The feed's now; null before it is known. */
  readonly now: () => number | null;
  /** Time of the newest thing that has come; -Infinity before the first. */
  readonly arrivedMs: () => number;
  readonly facts: () => ScreenFacts;
}

/** Age and verdict of a picture at one moment. */
export interface ScreenState extends ScreenVerdict {
  /** Ms of the feed; null while nothing is drawn. */
  readonly ageMs: number | null;
}

/**
 * How old a picture is: the feed's now less the newest thing drawn. Whoever draws says so in the very
 * frame, so that what has come and is not seen yet counts as missing.
 */
export class ScreenAge {
  readonly #options: ScreenAgeOptions;
  readonly #watchers = new Set<() => void>();
  #drawnMs: number | null = null;
  #before: ScreenKind = "loading";

  constructor(options: ScreenAgeOptions) {
    this.#options = options;
  }

  /** Time of the newest thing drawn, epoch ms of the feed; null while nothing is. */
  get drawnMs(): number | null {
    return this.#drawnMs;
  }

  /** The picture was drawn. @param newestMs Time of the newest thing on it; null when it is empty. */
  drawn(newestMs: number | null): void {
    this.#drawnMs = newestMs;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back in the frame of every drawing. Returns the undo. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** What is true of the picture now. */
  state(): ScreenState {
    const { now, arrivedMs, facts } = this.#options;
    // The time is read last: a busy page takes long for all else, and the age is to be that of the end.
    const known = facts();
    const nowMs = now();
    const drawnMs = this.#drawnMs;
    const ageMs = nowMs === null || drawnMs === null ? null : Math.max(0, nowMs - drawnMs);
    const waitingMs = drawnMs === null ? 0 : Math.max(0, arrivedMs() - drawnMs);
    const verdict = judgeScreen({ ...known, ageMs, waitingMs }, this.#before);
    this.#before = verdict.kind;
    return { ...verdict, ageMs };
  }
}
