/** A stretch that is gone as fast as it can be: a warm-up, a seek, steps of a paused run. */
export interface Goal {
  readonly from: number;
  readonly to: number;
  /** Whether its end stands at the time when it is reached; else the schedule goes on meanwhile. */
  readonly rebase: boolean;
}

/**
 * Maps the monotonic clock to the time of a run: paced at a speed, paused, or on its way to a goal. One
 * anchor holds until speed or position change, so pacing never drifts: a late wake-up shortens the next
 * wait instead of shifting the schedule. The unit of time is the caller's.
 */
export class Pace {
  readonly #nowMs: () => number;
  readonly #unitsPerMs: number;
  #anchor = NaN;
  #anchorMs = 0;
  #speed: number | "max";
  #paused: boolean;
  #goal: Goal | null = null;

  /**
   * @param nowMs Monotonic ms.
   * @param unitsPerMs Units of the run's time in a ms.
   * @param speed Run seconds per second, > 0; "max" waits for nothing.
   */
  constructor(nowMs: () => number, unitsPerMs: number, speed: number | "max", paused = false) {
    this.#nowMs = nowMs;
    this.#unitsPerMs = unitsPerMs;
    this.#speed = speed;
    this.#paused = paused;
  }

  get speed(): number | "max" {
    return this.#speed;
  }

  /** Whether it stands, or will stand when the goal is reached. */
  get isPaused(): boolean {
    return this.#paused;
  }

  get goal(): Goal | null {
    return this.#goal;
  }

  /** Time that is due in `aheadMs`; NaN before an anchor is known. At speed "max" as at 1. */
  due(aheadMs = 0): number {
    const passedMs = this.#nowMs() + aheadMs - this.#anchorMs;
    return Math.floor(this.#anchor + passedMs * this.#unitsPerMs * this.#factor);
  }

  /** Milliseconds until `time` is due; negative when it is late, NaN before an anchor is known. */
  msUntil(time: number): number {
    const aheadMs = (time - this.#anchor) / (this.#unitsPerMs * this.#factor);
    return this.#anchorMs + aheadMs - this.#nowMs();
  }

  /** Puts `time` at now, as after a pause or a jump; NaN until the first event says where time stands. */
  rebase(time: number): void {
    this.#anchor = time;
    this.#anchorMs = this.#nowMs();
  }

  /** Changes the speed; `time` stands at now. */
  setSpeed(speed: number | "max", time: number): void {
    this.#speed = speed;
    this.rebase(time);
  }

  /** Stands still, at the goal when there is one. */
  pause(): void {
    this.#paused = true;
  }

  /** Goes on; the time that passed meanwhile is not made up when it is {@link Pace.rebase}d. */
  resume(): void {
    this.#paused = false;
  }

  /** Goes from one time to another as fast as it can. */
  aim(from: number, to: number, rebase = true): void {
    this.#goal = { from, to, rebase };
  }

  /** The goal is reached. */
  arrive(): void {
    if (this.#goal?.rebase) this.rebase(this.#goal.to);
    this.#goal = null;
  }

  /** Forgets goal and pause. */
  clear(): void {
    this.#goal = null;
    this.#paused = false;
  }

  get #factor(): number {
    return this.#speed === "max" ? 1 : this.#speed;
  }
}
