import type { Clock } from "./clock.ts";

/** A difference between wall and monotonic time that is taken over at once, ms. */
const SLEW_MS = 250;

/** How often the wall clock is looked at, ms. */
const CHECK_EVERY_MS = 10_000;

/**
 * Event time of a live tape: wall time, moved by the monotonic clock. It never goes back: when the wall
 * clock is set back the time stands until the wall reaches it again.
 */
export class EventClock {
  readonly #clock: Clock;
  #anchorWallMs: number;
  #anchorMonoMs: number;
  #lastMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#anchorWallMs = wallMs(clock);
    this.#anchorMonoMs = clock.nowMs();
  }

  /** Epoch ms. */
  nowMs(): number {
    this.#lastMs = Math.max(this.#lastMs, this.#wallMs());
    return this.#lastMs;
  }

  /** How long it will stand still as the wall clock was set back behind it, ms; 0 while it moves. */
  get standsForMs(): number {
    return Math.max(0, this.#lastMs - this.#wallMs());
  }

  /** The wall clock, followed by the monotonic one between two looks. */
  #wallMs(): number {
    const mono = this.#clock.nowMs();
    if (mono - this.#anchorMonoMs >= CHECK_EVERY_MS) this.#check(mono);
    return this.#anchorWallMs + (mono - this.#anchorMonoMs);
  }

  #check(mono: number): void {
    const wall = wallMs(this.#clock);
    const expected = this.#anchorWallMs + (mono - this.#anchorMonoMs);
    this.#anchorWallMs = Math.abs(wall - expected) > SLEW_MS ? wall : expected;
    this.#anchorMonoMs = mono;
  }
}

function wallMs(clock: Clock): number {
  return Number(clock.wallNs() / 1_000_000n);
}
