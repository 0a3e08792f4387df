import type { SpectrumParams } from "./_spectrum_params.ts";

/**
 * The spectrum written as its definition reads: every tick of the grid, lists that grow, and a full
 * sort for each median. Slow, and the yardstick for {@link Spectrum} in tests and benches.
 */
export class NaiveSpectrum {
  readonly score: Float64Array;
  readonly projections: readonly Float64Array[];
  readonly #params: SpectrumParams;
  readonly #composites: number[][];
  readonly #derivatives: number[][][];
  readonly #sums: number[][];
  readonly #last: {
    rolled: number;
    d1: number;
    d2: number;
    score: number;
    s1: number;
    s2: number;
  }[];
  #prevTsNs = NaN;
  #count = 0;

  constructor(params: SpectrumParams) {
    this.#params = params;
    const n = params.nTicks;
    this.score = new Float64Array(n);
    this.projections = params.horizonsMs.map(() => new Float64Array(n));
    this.#composites = Array.from({ length: n }, () => []);
    this.#derivatives = Array.from({ length: n }, () => [[], [], []]);
    this.#sums = Array.from({ length: n }, () => params.windows.map(() => 0));
    this.#last = Array.from(
      { length: n },
      () => ({ rolled: 0, d1: 0, d2: 0, score: 0, s1: 0, s2: 0 }),
    );
  }

  update(tsNs: number, pressure: Float64Array, vacuum: Float64Array): void {
    const first = this.#count === 0;
    const dt = !first && tsNs > this.#prevTsNs
      ? (tsNs - this.#prevTsNs) / 1e9
      : this.#params.defaultDtS;
    for (let tick = 0; tick < this.#params.nTicks; tick++) {
      const p = pressure[tick]!;
      const v = vacuum[tick]!;
      this.#step(tick, (p - v) / (Math.abs(p) + Math.abs(v) + 1e-12), dt, first);
    }
    this.#prevTsNs = tsNs;
    this.#count++;
  }

  #step(tick: number, composite: number, dt: number, first: boolean): void {
    const p = this.#params;
    const last = this.#last[tick]!;
    const rolled = this.#roll(tick, composite);
    const d1 = first ? 0 : (rolled - last.rolled) / dt;
    const d2 = first ? 0 : (d1 - last.d1) / dt;
    const d3 = first ? 0 : (d2 - last.d2) / dt;
    const weights = p.derivativeWeights.map((w) => w / p.derivativeWeights.reduce((a, b) => a + b));
    let score = 0;
    for (const [i, d] of [d1, d2, d3].entries()) {
      const history = this.#derivatives[tick]![i]!;
      history.push(d);
      if (history.length > p.zscoreWindowBins) history.shift();
      const z = history.length < p.zscoreMinPeriods ? 0 : robustZ(history, d);
      score += weights[i]! * Math.tanh(z * (1 / p.tanhScale));
    }
    score = Math.min(1, Math.max(-1, score));
    const s1 = first ? 0 : (score - last.score) / dt;
    const s2 = first ? 0 : (s1 - last.s1) / dt;
    const s3 = first ? 0 : (s2 - last.s2) / dt;
    Object.assign(last, { rolled, d1, d2, score, s1, s2 });
    this.score[tick] = score;
    this.#project(tick, score, s1, s2, s3);
  }

  #roll(tick: number, composite: number): number {
    const p = this.#params;
    const history = this.#composites[tick]!;
    const sums = this.#sums[tick]!;
    history.push(composite);
    const total = p.rollupWeights.reduce((a, b) => a + b);
    let rolled = 0;
    p.windows.forEach((w, j) => {
      if (history.length > w) sums[j]! -= history[history.length - 1 - w]!;
      sums[j]! += composite;
      rolled += p.rollupWeights[j]! / total * (sums[j]! / Math.min(history.length, w));
    });
    if (history.length > Math.max(...p.windows)) history.shift();
    return rolled;
  }

  #project(tick: number, score: number, s1: number, s2: number, s3: number): void {
    const { horizonsMs, projection } = this.#params;
    horizonsMs.forEach((ms, i) => {
      const h = ms / 1000;
      let p = score + s1 * h + (projection.form === "linear" ? 0 : 0.5 * s2 * h * h);
      if (projection.form === "cubic") p += projection.cubicScale * s3 * h * h * h;
      if (projection.dampingLambda > 0) p *= Math.exp(-projection.dampingLambda * h);
      this.projections[i]![tick] = Math.min(1, Math.max(-1, p));
    });
  }
}

function robustZ(history: readonly number[], x: number): number {
  const median = medianBySorting(history);
  const scale = 1.4826 * medianBySorting(history.map((d) => Math.abs(d - median)));
  return scale > 1e-9 ? (x - median) / scale : 0;
}

function medianBySorting(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
