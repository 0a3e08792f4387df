/** Bounds of ages: half octaves from a millisecond to nine hours. */
const BOUNDS = Float64Array.from({ length: 50 }, (_, i) => 2 ** (i / 2));

/** How old a quote is over time: ages are added as the stretches that they grow over. */
export class AgeHistogram {
  readonly #ms = new Float64Array(BOUNDS.length);

  /** Adds all ages from 0 up to a gap, each for as long as it lasts. */
  addGap(gapMs: number): void {
    const ms = this.#ms;
    let below = 0;
    let i = 0;
    for (let upTo = BOUNDS[0]!; i < BOUNDS.length - 1 && upTo < gapMs; upTo = BOUNDS[++i]!) {
      ms[i] = ms[i]! + upTo - below;
      below = upTo;
    }
    if (below < gapMs) ms[i] = ms[i]! + gapMs - below;
  }

  add(other: AgeHistogram): void {
    other.#ms.forEach((ms, i) => this.#ms[i] = (this.#ms[i] ?? 0) + ms);
  }

  /** Age, ms, below which a share of the time lies; NaN without any. */
  quantile(share: number): number {
    const wanted = share * this.#ms.reduce((sum, ms) => sum + ms, 0);
    let sum = 0;
    for (let i = 0; i < BOUNDS.length; i++) {
      const ms = this.#ms[i] ?? 0;
      if (ms > 0 && sum + ms >= wanted) {
        const low = i === 0 ? 0 : BOUNDS[i - 1] ?? 0;
        return low + ((BOUNDS[i] ?? 0) - low) * (wanted - sum) / ms;
      }
      sum += ms;
    }
    return NaN;
  }
}
