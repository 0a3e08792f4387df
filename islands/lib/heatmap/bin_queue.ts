import type { DecodedBin } from "./history.ts";

/** Bins that may wait for a frame; a hidden tab must not grow without end. */
const QUEUE_LIMIT = 4_096;

/**
 * Bins between reader and screen. What follows goes first, in order, and what lies in the past after it, in
 * the order in which it came: the newest first. At the limit the oldest is dropped, and counted unless it
 * is of the past.
 */
export class BinQueue {
  readonly #next: DecodedBin[] = [];
  #past: DecodedBin[] = [];
  dropped = 0;

  get length(): number {
    return this.#next.length + this.#past.length;
  }

  /** End of the newest bin that waits, epoch ns; null while none does. */
  get newestNs(): bigint | null {
    return this.#next.at(-1)?.update.binEndNs ?? null;
  }

  push(bins: readonly DecodedBin[]): void {
    this.#next.push(...bins);
    const over = this.#next.length - QUEUE_LIMIT;
    if (over <= 0) return;
    this.#next.splice(0, over);
    this.dropped += over;
  }

  pushPast(bins: readonly DecodedBin[]): void {
    this.#past.push(...bins);
  }

  /** Takes the next bin that follows what is shown; null while none waits. */
  shift(): DecodedBin | null {
    return this.#next.shift() ?? null;
  }

  /** Takes the next bin of the past; null while none waits. */
  shiftPast(): DecodedBin | null {
    return this.#past.shift() ?? null;
  }

  clear(): void {
    this.#next.length = 0;
    this.#past = [];
  }
}
