/** Messages older than this say nothing of the clocks any more, ms. */
const WINDOW_MS = 60_000;

interface Stamp {
  readonly atMs: number;
  /** What the message took, plus the page's clock less the server's, ms. */
  readonly delayMs: number;
}

/**
 * The server's clock as a page can know it: from messages that carry it. What a message took is not
 * known, but it is never negative, so the quickest message of the last minute counts: one that waited
 * in a queue changes nothing. What remains is the time of the quickest message.
 */
export class ServerClock {
  /** The quickest message, then the quickest of those after it, and so on. */
  #stamps: readonly Stamp[] = [];

  /** Takes a message. @param serverMs When it was sent. @param atMs When it came, by the page's clock. */
  take(serverMs: number, atMs: number): void {
    const delayMs = atMs - serverMs;
    const kept = this.#stamps.filter((stamp) =>
      stamp.delayMs < delayMs && atMs - stamp.atMs < WINDOW_MS
    );
    this.#stamps = [...kept, { atMs, delayMs }];
  }

  /** The server's clock less the page's, ms; null before the first message. */
  get skewMs(): number | null {
    const [quickest] = this.#stamps;
    return quickest === undefined ? null : -quickest.delayMs;
  }
}
