import { transform } from "./fourier.ts";

const BIN_MS = 20;
/** Bins of a piece: 41 s, which parts frequencies 0.024 Hz apart. */
const BINS = 2_048;
const PIECE_MS = BIN_MS * BINS;
const HZ_PER_LINE = 1_000 / PIECE_MS;
const LOW_HZ = 0.1;
const HIGH_HZ = 10;
const FIRST = Math.ceil(LOW_HZ / HZ_PER_LINE);
const LAST = Math.floor(HIGH_HZ / HZ_PER_LINE);
/** Lines on each side that the local median is taken over, where there are as many. */
const AROUND = 20;

/** Hann's window: what is far from a line does not leak into it. */
const WINDOW = Float64Array.from(
  { length: BINS },
  (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / BINS),
);

/** The highest line of a periodogram over the median of those around it. */
export interface Peak {
  readonly ratio: number;
  readonly hz: number;
}

function medianOf(values: Float64Array): number {
  values.sort();
  return values[values.length >> 1] ?? NaN;
}

/**
 * Periodogram of when things happen, averaged over pieces of 41 s. Every piece weighs the same, however much
 * happens in it. Times must not descend.
 *
 * @see Welch (1967), "The use of fast Fourier transform for the estimation of power spectra".
 */
export class Periodogram {
  readonly #power = new Float64Array(LAST + AROUND + 1);
  readonly #counts = new Float64Array(BINS);
  readonly #im = new Float64Array(BINS);
  #fromTs = NaN;
  #events = 0;
  #pieces = 0;

  /** Pieces that were averaged. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Begins a stretch; what was not a whole piece is dropped. */
  begin(fromTs: number): void {
    this.#fromTs = fromTs;
    this.#counts.fill(0);
    this.#events = 0;
  }

  /** Counts an event. */
  add(ts: number): void {
    if (ts >= this.#fromTs + PIECE_MS) this.#close(ts);
    const bin = Math.floor((ts - this.#fromTs) / BIN_MS);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    this.#events++;
  }

  #close(ts: number): void {
    if (this.#events > 1) this.#average();
    const pieces = Math.floor((ts - this.#fromTs) / PIECE_MS);
    this.begin(this.#fromTs + pieces * PIECE_MS);
  }

  #average(): void {
    const re = this.#counts;
    const im = this.#im.fill(0);
    const mean = this.#events / BINS;
    for (let i = 0; i < BINS; i++) re[i] = ((re[i] ?? 0) - mean) * (WINDOW[i] ?? 0);
    transform(re, im);
    let sum = 0;
    for (let line = FIRST; line <= LAST; line++) {
      sum += (re[line] ?? 0) ** 2 + (im[line] ?? 0) ** 2;
    }
    if (sum === 0) return;
    const weight = (LAST - FIRST + 1) / sum;
    const power = this.#power;
    for (let line = 0; line < power.length; line++) {
      power[line] = (power[line] ?? 0) + weight * ((re[line] ?? 0) ** 2 + (im[line] ?? 0) ** 2);
    }
    this.#pieces++;
  }

  /** The highest peak between 0.1 and 10 Hz. NaN without a piece. */
  peak(): Peak {
    let best: Peak = { ratio: NaN, hz: NaN };
    if (this.#pieces === 0) return best;
    for (let line = FIRST; line <= LAST; line++) {
      const ratio = this.#ratio(line);
      if (!(ratio <= best.ratio)) best = { ratio, hz: line * HZ_PER_LINE };
    }
    return best;
  }

  /** A frequency's line over the median around it. */
  at(hz: number): number {
    return this.#ratio(Math.round(hz / HZ_PER_LINE));
  }

  /** The same number of lines on both sides, so that a slope is no peak. */
  #ratio(line: number): number {
    const around = Math.min(AROUND, line - 1);
    const lines = this.#power.slice(line - around, line + around + 1);
    return (this.#power[line] ?? NaN) / medianOf(lines);
  }
}
