/** Summary of the last frames in which something was drawn. Times in ms. */
export interface FrameSummary {
  readonly frames: number;
  readonly drawP50: number;
  readonly drawP95: number;
  readonly drawMax: number;
}

const KEPT = 600;

/** Keeps what drawing cost in the last {@link KEPT} frames. */
export class FrameStats {
  readonly #cost = new Float64Array(KEPT);
  #count = 0;

  add(costMs: number): void {
    this.#cost[this.#count % KEPT] = costMs;
    this.#count++;
  }

  /** Forgets all frames. */
  reset(): void {
    this.#count = 0;
  }

  summary(): FrameSummary {
    const kept = Math.min(this.#count, KEPT);
    const sorted = this.#cost.slice(0, kept).toSorted();
    const at = (share: number) => sorted[Math.min(kept - 1, Math.floor(share * kept))] ?? 0;
    return { frames: kept, drawP50: at(0.5), drawP95: at(0.95), drawMax: sorted[kept - 1] ?? 0 };
  }
}
