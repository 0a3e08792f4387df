import { Pace } from "../../kit/mod.ts";
import type { KeptWindow } from "./kept_window.ts";

const MS_NS = 1_000_000n;

/**
 * When windows of the past are due to one client: window k at start + (ts of k − ts of the first) / speed,
 * by a monotonic clock. Whatever makes a window wait that was due (a pause, a full socket) sets the
 * schedule back by as long.
 */
export class ClientPace {
  readonly #pace: Pace;
  /** End of the first window that was asked about, which the times of the run count from, epoch ns. */
  #baseNs: bigint | null = null;
  /** The next window sets the schedule: it goes at once. */
  #isBroken = true;

  /** @param nowMs Monotonic ms. @param speed Seconds of market per second; 0 waits for nothing. */
  constructor(nowMs: () => number, speed: number) {
    this.#pace = new Pace(nowMs, 1, speedOf(speed));
  }

  /** Seconds of market per second; 0 waits for nothing. */
  get speed(): number {
    return this.#pace.speed === "max" ? 0 : this.#pace.speed;
  }

  get isPaused(): boolean {
    return this.#pace.isPaused;
  }

  /** Ms until a window is due, Infinity while paused. */
  msUntil({ head: { endNs } }: KeptWindow): number {
    if (this.#pace.isPaused) return Infinity;
    if (this.#pace.speed === "max") return 0;
    this.#baseNs ??= endNs;
    const atMs = Number((endNs - this.#baseNs) / MS_NS);
    if (this.#isBroken) {
      this.#isBroken = false;
      this.#pace.rebase(atMs);
      return 0;
    }
    return Math.max(0, this.#pace.msUntil(atMs));
  }

  /** The next window goes at once, and the others by it: after a jump, or when one had to wait. */
  break(): void {
    this.#isBroken = true;
  }

  pause(): void {
    this.#pace.pause();
  }

  resume(): void {
    this.#pace.resume();
    this.break();
  }

  /** Changes the speed; what has passed of the wait for the next window stays passed. */
  setSpeed(speed: number): void {
    const { speed: before } = this.#pace;
    this.#pace.setSpeed(speedOf(speed), this.#pace.due());
    if (before === "max") this.break();
  }
}

function speedOf(speed: number): number | "max" {
  return speed === 0 ? "max" : speed;
}
