/** The underlying is remembered for so long, ms; older quotes of options have no volatility then. */
const KEPT_MS = 300_000;
/** A quote of the underlying stands for it for so long, ms. */
const REACH_MS = 3_000;
const TRIM_AT = 4_096;

/** Where the underlying stood over the last minutes, so that a quote is read against its own time. */
export class SpotTrack {
  readonly #times: number[] = [];
  readonly #mids: number[] = [];

  /** Time of the newest quote, epoch ms; 0 before the first. */
  get newestTs(): number {
    return this.#times.at(-1) ?? 0;
  }

  /** Middle of the newest quote, USD; null before the first. */
  get newest(): number | null {
    return this.#mids.at(-1) ?? null;
  }

  /** Takes the middle of a quote, USD. One that is older than the newest is left out. */
  take(ts: number, mid: number): void {
    if (ts < this.newestTs) return;
    this.#times.push(ts);
    this.#mids.push(mid);
    if (this.#times.length < TRIM_AT || (this.#times[TRIM_AT / 2] ?? 0) > ts - KEPT_MS) return;
    this.#times.splice(0, TRIM_AT / 2);
    this.#mids.splice(0, TRIM_AT / 2);
  }

  /** Forgets everything. */
  clear(): void {
    this.#times.length = 0;
    this.#mids.length = 0;
  }

  /** The underlying at an instant, USD: its last quote then, at most 3 s old; null when there is none. */
  at(ts: number): number | null {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= ts) low = middle + 1;
      else high = middle;
    }
    const quotedAt = this.#times[low - 1];
    return quotedAt === undefined || ts - quotedAt > REACH_MS ? null : this.#mids[low - 1] ?? null;
  }
}

/** The one instant that curves are of. */
export interface Instant {
  readonly track: SpotTrack;
  /** Epoch ms. */
  readonly ts: number;
}
