/** A moment of a feed: which time it was when. All times are epoch ms. */
export interface FeedMoment {
  /** Time of the feed that was due. */
  readonly dueMs: number;
  /** When that was, by the server's clock. */
  readonly serverMs: number;
  /** Time of the feed per time of the server's clock; 0 while it stands. */
  readonly rate: number;
}

/** What time it is in a feed: live, at any speed, or standing still. */
export class FeedClock {
  #moment: FeedMoment | null = null;
  #arrivedMs = -Infinity;

  /** Takes what the server says of the feed's time; null when it does not know. */
  take(moment: FeedMoment | null): void {
    this.#moment = moment;
  }

  /** Something of the feed has come: it cannot be earlier there. @param feedMs Epoch ms of the feed. */
  arrived(feedMs: number): void {
    this.#arrivedMs = Math.max(this.#arrivedMs, feedMs);
  }

  /** Another feed, or another time of the same, begins. */
  reset(): void {
    this.#moment = null;
    this.#arrivedMs = -Infinity;
  }

  /** Time of the feed per time of the reader; 0 while it stands, and before it is known. */
  get rate(): number {
    return this.#moment?.rate ?? 0;
  }

  /** Time of the newest thing that has come, epoch ms of the feed; -Infinity before the first. */
  get arrivedMs(): number {
    return this.#arrivedMs;
  }

  /**
   * The feed's now, epoch ms of the feed; null before anything is known.
   *
   * @param serverMs The server's clock, epoch ms; null when it is not known.
   */
  now(serverMs: number | null): number | null {
    const moment = this.#moment;
    let nowMs = this.#arrivedMs;
    if (moment !== null) {
      const passedMs = serverMs === null ? 0 : Math.max(0, serverMs - moment.serverMs);
      nowMs = Math.max(nowMs, moment.dueMs + passedMs * moment.rate);
    }
    return nowMs === -Infinity ? null : nowMs;
  }
}
