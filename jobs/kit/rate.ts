/** Events per second over a sliding stretch of time, from a running total. */
export class Rate {
  readonly #windowMs: number;
  readonly #samples: { atMs: number; total: number }[] = [];

  /** @param windowMs Length of the stretch, ms. */
  constructor(windowMs = 3_000) {
    this.#windowMs = windowMs;
  }

  /** Notes the total at `nowMs` and returns the rate per second. */
  update(nowMs: number, total: number): number {
    this.#samples.push({ atMs: nowMs, total });
    while (this.#samples.length > 2 && nowMs - (this.#samples[0]?.atMs ?? nowMs) > this.#windowMs) {
      this.#samples.shift();
    }
    const first = this.#samples[0];
    if (first === undefined || nowMs <= first.atMs) return 0;
    return Math.max(0, (total - first.total) * 1_000 / (nowMs - first.atMs));
  }

  /** Starts again, as after a switch of feeds. */
  reset(): void {
    this.#samples.length = 0;
  }
}
