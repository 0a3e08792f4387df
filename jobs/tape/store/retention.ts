import type { TapeStore } from "../../../modules/tape/mod.ts";
import type { Logger } from "../../kit/mod.ts";

const HOUR_MS = 3_600_000;

/** Pause between two looks for old rows, ms. */
const EVERY_MS = 60_000;

/** Pause between two steps while there is more to delete, ms: readers and writers go first. */
const STEP_PAUSE_MS = 50;

/** What the pruning of old rows needs. */
export interface RetentionOptions {
  readonly hours: number;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/**
 * Deletes rows older than the retention, in small steps, until it is stopped. A step that fails is
 * logged and tried again a minute later.
 *
 * @returns Stops it.
 */
export function startRetention(store: TapeStore, options: RetentionOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const step = async () => {
    let more = false;
    try {
      more = await store.prune(options.nowMs() - options.hours * HOUR_MS);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!stopped) options.log.warn("prune_failed", { message });
    }
    if (!stopped) timer = setTimeout(step, more ? STEP_PAUSE_MS : EVERY_MS);
  };
  timer = setTimeout(step, 0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
