import type { Touched } from "./_bounded_map.ts";

/** Seconds of mids kept, a power of two. */
const SECONDS = 256;
/** A move is measured over so long. */
const HORIZON_S = 60;
/** Least seconds of history for a move when a whole minute is not there yet. */
const LEAST_MOVE_S = 20;
/** Without a quote for so long, what was before says nothing. */
const GAP_S = 60;
/**
 * Returns of ten seconds, taken every five over three minutes, tell the deviation of a minute: they follow
 * the market's activity, where half an hour of one-minute returns tells what it was.
 */
const RETURN_S = 10;
const STEP_S = 5;
const WINDOW_S = 180;
/** Returns from which the deviation is trusted. */
const LEAST_RETURNS = 12;
/** Standard deviation of a normal variable over its mean absolute value, √(π/2). */
const SIGMA_OVER_MEAN = 1.2533141373155;
/**
 * A return counts at most as so many times the mean of all but the two largest, as a jump lies in two: an
 * opening gap is no minute's volatility.
 */
const MOST_MEANS = 5;

/** After so long a reading, ms, moves and deviations are those of any longer one. */
export const MOVE_MEMORY_MS = 1_000 * (GAP_S + HORIZON_S + 1);
export const DEVIATION_MEMORY_MS = 1_000 * (GAP_S + WINDOW_S + RETURN_S);

/**
 * Mid of one underlying second by second, the moves over a minute, and the standard deviation of such moves
 * as the last three minutes show it.
 */
export class MidTrack implements Touched {
  touchedTs = 0;
  readonly #mids = new Float64Array(SECONDS);
  readonly #returns = new Float64Array(WINDOW_S / STEP_S);
  #lastSecond = -1;
  #firstSecond = -1;
  #lastMid = 0;

  /** Takes a mid in USD; times must not fall. */
  update(tsMs: number, mid: number): void {
    this.touchedTs = tsMs;
    const second = Math.floor(tsMs / 1_000);
    if (this.#lastSecond < 0 || second - this.#lastSecond > GAP_S) this.#restart(second);
    while (this.#lastSecond < second) {
      this.#lastSecond++;
      this.#mids[this.#lastSecond % SECONDS] = this.#lastMid === 0 ? mid : this.#lastMid;
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
    const start = this.#at(second);
    return start > 0 ? (endMid / start - 1) * 10_000 : null;
  }

  /** Standard deviation of one-minute moves as of `nowMs`, basis points; null without enough history. */
  sigma1mBps(nowMs: number): number | null {
    const now = Math.floor(nowMs / STEP_S / 1_000) * STEP_S;
    const oldest = Math.max(this.#firstSecond, this.#lastSecond - SECONDS + 1) + RETURN_S;
    let count = 0;
    for (let second = now - WINDOW_S + STEP_S; second <= now; second += STEP_S) {
      if (this.#lastSecond < 0 || second < oldest) continue;
      const ratio = this.#at(second) / this.#at(second - RETURN_S);
      this.#returns[count++] = Math.abs(ratio - 1) * 10_000;
    }
    if (count < LEAST_RETURNS) return null;
    const sizes = this.#returns.subarray(0, count).sort();
    let sum = 0;
    for (let i = 0; i < count - 2; i++) sum += sizes[i]!;
    if (sum === 0) return null;
    const most = MOST_MEANS * sum / (count - 2);
    for (let i = count - 2; i < count; i++) sum += Math.min(sizes[i]!, most);
    return SIGMA_OVER_MEAN * (sum / count) * Math.sqrt(HORIZON_S / RETURN_S);
  }

  /** Mid at the end of a second; the last one stands. */
  #at(second: number): number {
    return this.#mids[Math.min(second, this.#lastSecond) % SECONDS]!;
  }

  #restart(second: number): void {
    this.#firstSecond = second;
    this.#lastSecond = second - 1;
    this.#lastMid = 0;
  }
}
