const NS_PER_MS = 1_000_000;

/**
 * Maps the monotonic clock to exchange time. One anchor holds until speed or position change, so
 * pacing never drifts: a late wake-up shortens the next wait instead of shifting the schedule.
 */
export class Pacer {
  #anchorNs: number;
  #anchorMs: number;
  #speed: number;

  /**
   * @param exchangeNs Exchange time at `nowMs`, ns offset.
   * @param nowMs Monotonic ms.
   * @param speed Exchange seconds per second, > 0.
   */
  constructor(exchangeNs: number, nowMs: number, speed: number) {
    this.#anchorNs = exchangeNs;
    this.#anchorMs = nowMs;
    this.#speed = speed;
  }

  /** Exchange time that is due at `nowMs`, ns offset. */
  dueNs(nowMs: number): number {
    return Math.floor(this.#anchorNs + (nowMs - this.#anchorMs) * NS_PER_MS * this.#speed);
  }

  /** Milliseconds from `nowMs` until `exchangeNs` is due; negative when it is late. */
  msUntil(exchangeNs: number, nowMs: number): number {
    return this.#anchorMs + (exchangeNs - this.#anchorNs) / (NS_PER_MS * this.#speed) - nowMs;
  }

  /** Puts `exchangeNs` at `nowMs`, as after a pause or a seek. */
  rebase(exchangeNs: number, nowMs: number): void {
    this.#anchorNs = exchangeNs;
    this.#anchorMs = nowMs;
  }

  /** Changes speed from `nowMs` on without a jump in exchange time. */
  setSpeed(speed: number, nowMs: number): void {
    this.rebase(this.dueNs(nowMs), nowMs);
    this.#speed = speed;
  }
}
