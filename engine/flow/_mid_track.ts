import type { Touched } from "./_bounded_map.ts";

/** Seconds of mids kept, a power of two. */
const SECONDS = 256;
/** A 60-second return is taken every ten seconds; thirty minutes of them are kept. */
const STEP_S = 10;
const HORIZON_S = 60;
const RETURNS = 180;
/** Returns from which the deviation is trusted. */
const LEAST_RETURNS = 6;
/** Without a quote for so long, what was before says nothing. */
const GAP_S = 300;
/** Standard deviation of a normal variable over its mean absolute value, √(π/2). */
const SIGMA_OVER_MEAN = 1.2533141373155;
/** A return counts at most as so many times the mean: an opening gap is no minute's volatility. */
const MOST_MEANS = 5;
/** Least seconds of history for a move when a whole minute is not there yet. */
const LEAST_MOVE_S = 20;

/**
 * Mid of one underlying second by second, and the standard deviation of its one-minute returns over the
 * last thirty minutes.
 */
export class MidTrack implements Touched {
  touchedTs = 0;
  readonly #mids = new Float64Array(SECONDS);
  readonly #returns = new Float64Array(RETURNS);
  #lastSecond = -1;
  #firstSecond = -1;
  #lastMid = 0;
  #count = 0;
  #mean = 0;

  /** Takes a mid in USD; times must not fall. */
  update(tsMs: number, mid: number): void {
    this.touchedTs = tsMs;
    const second = Math.floor(tsMs / 1_000);
    if (this.#lastSecond < 0 || second - this.#lastSecond > GAP_S) this.#restart(second);
    while (this.#lastSecond < second) {
      this.#lastSecond++;
      this.#mids[this.#lastSecond % SECONDS] = this.#lastMid === 0 ? mid : this.#lastMid;
      if (this.#lastSecond % STEP_S === 0) this.#sample();
    }
    this.#lastMid = mid;
    this.#mids[second % SECONDS] = mid;
  }

  /** Move of the mid from 60 s before `fromMs` to `endMid`, basis points; null without enough history. */
  moveBps(fromMs: number, endMid: number): number | null {
    // The value at the end of the second before, so that nothing later than the wanted instant counts.
    const wanted = Math.floor((fromMs - HORIZON_S * 1_000) / 1_000) - 1;
    const from = Math.floor(fromMs / 1_000);
    const second = Math.max(wanted, this.#firstSecond, this.#lastSecond - SECONDS + 1);
    if (this.#lastSecond < 0 || second > from - LEAST_MOVE_S) return null;
    const start = this.#mids[Math.min(second, this.#lastSecond) % SECONDS]!;
    return start > 0 ? (endMid / start - 1) * 10_000 : null;
  }

  /** Standard deviation of one-minute returns, basis points; null until there are enough. */
  sigma1mBps(): number | null {
    if (this.#count < LEAST_RETURNS || this.#mean === 0) return null;
    return SIGMA_OVER_MEAN * this.#mean;
  }

  #restart(second: number): void {
    this.#firstSecond = second;
    this.#lastSecond = second - 1;
    this.#lastMid = 0;
    this.#count = 0;
    this.#mean = 0;
  }

  #sample(): void {
    if (this.#lastSecond - HORIZON_S < this.#firstSecond) return;
    const start = this.#mids[(this.#lastSecond - HORIZON_S) % SECONDS]!;
    let size = Math.abs(this.#mids[this.#lastSecond % SECONDS]! / start - 1) * 10_000;
    if (this.#count >= 2 * LEAST_RETURNS) size = Math.min(size, MOST_MEANS * this.#mean);
    this.#returns[this.#count % RETURNS] = size;
    this.#count++;
    const kept = Math.min(this.#count, RETURNS);
    let sum = 0;
    for (let i = 0; i < kept; i++) sum += this.#returns[i]!;
    this.#mean = sum / kept;
  }
}
