import { insertSorted, MAD_TO_SIGMA, replaceSorted, writeMedianMad } from "../stats/mod.ts";
import {
  checkSpectrumParams,
  checkUpdate,
  normalisedWeights,
  type SpectrumParams,
} from "./_spectrum_params.ts";
import { SCALAR, SpectrumRows } from "./_spectrum_rows.ts";
import { clipUnit, createProjector, type Projector, writeProjections } from "./projection.ts";

export type { SpectrumParams } from "./_spectrum_params.ts";

/** Keeps 0/0 out of the balance of two forces. */
const EPS_COMPOSITE = 1e-12;
/** A robust scale must exceed this to divide by it. */
const MIN_SCALE = 1e-9;

/** Everything a {@link Spectrum} remembers, detached from it. Plain data: survives structured cloning. */
export interface SpectrumState {
  /** ns, as given to `update`; NaN before the first. */
  readonly prevTsNs: number;
  readonly count: number;
  readonly compositeHead: number;
  readonly derivativeHead: number;
  /** Tick of each saved row. Shape [rows]. */
  readonly ticks: Int32Array;
  /** Rows one after another, without what follows from them. */
  readonly rows: Float64Array;
}

/**
 * Scores every tick of a price lattice from the history of its own pressure and vacuum: −1 is
 * liquidity leaving unusually fast, +1 arriving, and projects the score a few bins ahead.
 *
 * Only ticks that were ever active hold a history. A tick without one would have a balance, sums
 * and derivatives of exactly 0, so a late joiner starts from zeros and differs in no bit from one
 * that was there from the start. Nothing is allocated unless a new tick joins.
 *
 * @see docs/methods/spectrum.md
 */
export class Spectrum {
  /** Shape [nTicks], in [−1, 1]; rewritten by `update`. */
  readonly score: Float64Array;
  /** Shape [nTicks], −1 vacuum, 0 neutral, +1 pressure; rewritten by `update`. */
  readonly state: Int8Array;
  /** One array of shape [nTicks] per horizon, in [−1, 1]; rewritten by `update`. */
  readonly projections: readonly Float64Array[];

  readonly #nTicks: number;
  readonly #windows: Int32Array;
  readonly #rollup: Float64Array;
  readonly #dw1: number;
  readonly #dw2: number;
  readonly #dw3: number;
  readonly #invTanhScale: number;
  readonly #threshold: number;
  readonly #zBins: number;
  readonly #minPeriods: number;
  readonly #defaultDtS: number;
  readonly #maxCount: number;
  readonly #compositeRing: number;
  readonly #projector: Projector;
  readonly #rows: SpectrumRows;
  // What passes between the steps of one tick; arguments that are doubles could be boxed.
  readonly #rolled = new Float64Array(1);
  readonly #centre = new Float64Array(2);
  readonly #z = new Float64Array(3);
  #dtS = NaN;
  #prevTsNs = NaN;
  #count = 0; // bins so far, held at #maxCount
  #compositeHead = 0;
  #derivativeHead = 0;

  /** @throws {RangeError} When a parameter is out of range. */
  constructor(params: SpectrumParams) {
    checkSpectrumParams(params);
    this.#nTicks = params.nTicks;
    this.#windows = Int32Array.from(params.windows);
    this.#rollup = normalisedWeights(params.rollupWeights);
    const weights = normalisedWeights(params.derivativeWeights);
    this.#dw1 = weights[0]!;
    this.#dw2 = weights[1]!;
    this.#dw3 = weights[2]!;
    this.#invTanhScale = 1 / params.tanhScale;
    this.#threshold = params.thresholdNeutral;
    this.#zBins = params.zscoreWindowBins;
    this.#minPeriods = params.zscoreMinPeriods;
    this.#defaultDtS = params.defaultDtS;
    this.#compositeRing = Math.max(...params.windows);
    this.#maxCount = Math.max(this.#compositeRing, this.#zBins, 3);
    this.#projector = createProjector(params.projection, params.horizonsMs);
    this.#rows = new SpectrumRows(
      params.nTicks,
      this.#compositeRing,
      this.#zBins,
      params.windows.length,
    );
    this.score = new Float64Array(params.nTicks);
    this.state = new Int8Array(params.nTicks);
    this.projections = params.horizonsMs.map(() => new Float64Array(params.nTicks));
  }

  /** Ticks that hold a history. */
  get trackedTicks(): number {
    return this.#rows.slots;
  }

  /**
   * Closes one bin: appends the forces of every tick and rewrites score, state and projections.
   *
   * @param tsNs End of the bin, ns from any fixed base, exact.
   * @param pressure Shape [nTicks], finite.
   * @param vacuum Shape [nTicks], finite.
   * @param active Ticks that may be non-zero; a tick once named is followed from then on.
   * @param activeCount Leading entries of `active` that count.
   * @throws {RangeError} When a length, an index or a force is out of range; then nothing has changed
   * but that named ticks may be followed.
   */
  update(
    tsNs: number,
    pressure: Float64Array,
    vacuum: Float64Array,
    active: Int32Array,
    activeCount: number,
  ): void {
    checkUpdate(this.#nTicks, tsNs, pressure, vacuum, active, activeCount);
    this.#admit(active, activeCount);
    this.#checkForces(pressure, vacuum);
    const first = this.#count === 0;
    const prev = this.#prevTsNs;
    this.#dtS = !first && tsNs > prev ? (tsNs - prev) / 1e9 : this.#defaultDtS;
    const { tickOf, slots } = this.#rows;
    for (let slot = 0; slot < slots; slot++) {
      this.#step(slot, tickOf[slot]!, pressure, vacuum, first);
    }
    this.#prevTsNs = tsNs;
    this.#compositeHead = next(this.#compositeHead, this.#compositeRing);
    this.#derivativeHead = next(this.#derivativeHead, this.#zBins);
    if (this.#count < this.#maxCount) this.#count++;
  }

  /**
   * Writes what a projection of a tick starts from: its score, and that score's first three difference
   * quotients in 1/s, 1/s² and 1/s³. A tick that was never active gives zeros.
   *
   * @param out Written at `at` to `at + 3`.
   */
  writeSteps(tick: number, out: Float64Array, at: number): void {
    const rows = this.#rows;
    const slot = rows.slotOf[tick] ?? -1;
    if (slot < 0) {
      out.fill(0, at, at + 4);
      return;
    }
    const row = rows.block(slot);
    const from = rows.base(slot) + rows.scalars + SCALAR.SCORE;
    for (let i = 0; i < 4; i++) out[at + i] = row[from + i]!;
  }

  /** A copy of the whole memory; `restore` continues from it to the last bit. */
  save(): SpectrumState {
    const rows = this.#rows;
    const kept = rows.sorted;
    const out = new Float64Array(rows.slots * kept);
    for (let slot = 0; slot < rows.slots; slot++) {
      const base = rows.base(slot);
      out.set(rows.block(slot).subarray(base, base + kept), slot * kept);
    }
    return {
      prevTsNs: this.#prevTsNs,
      count: this.#count,
      compositeHead: this.#compositeHead,
      derivativeHead: this.#derivativeHead,
      ticks: rows.tickOf.slice(0, rows.slots),
      rows: out,
    };
  }

  /**
   * Replaces the memory by a saved one and rewrites score, state and projections from it.
   *
   * @param saved From a spectrum with equal parameters; copied.
   * @throws {RangeError} When its shape does not fit; then nothing has changed.
   */
  restore(saved: SpectrumState): void {
    const rows = this.#rows;
    const kept = rows.sorted;
    if (
      saved.rows.length !== saved.ticks.length * kept || saved.count > this.#maxCount ||
      saved.compositeHead >= this.#compositeRing || saved.derivativeHead >= this.#zBins ||
      new Set(saved.ticks).size !== saved.ticks.length
    ) {
      throw new RangeError(
        "Cannot restore a spectrum as the state was saved with other parameters: " +
          `${saved.ticks.length} rows of ${kept} values, ${saved.rows.length} values`,
      );
    }
    for (const tick of saved.ticks) this.#checkTick(tick);
    this.reset();
    this.#prevTsNs = saved.prevTsNs;
    this.#count = saved.count;
    this.#compositeHead = saved.compositeHead;
    this.#derivativeHead = saved.derivativeHead;
    this.#admit(saved.ticks, saved.ticks.length);
    const n = Math.min(this.#count, this.#zBins);
    for (let slot = 0; slot < rows.slots; slot++) {
      const row = rows.block(slot);
      const base = rows.base(slot);
      row.set(saved.rows.subarray(slot * kept, (slot + 1) * kept), base);
      for (let i = 0; i < 3; i++) {
        const ring = base + rows.rings + i * this.#zBins;
        const sorted = base + rows.sorted + i * this.#zBins;
        row.copyWithin(sorted, ring, ring + n);
        row.subarray(sorted, sorted + n).sort();
      }
      this.#publish(row, base + rows.scalars, rows.tickOf[slot]!);
    }
  }

  /** Back to the state after construction, keeping the memory. */
  reset(): void {
    this.#rows.clear();
    this.#prevTsNs = NaN;
    this.#count = 0;
    this.#compositeHead = 0;
    this.#derivativeHead = 0;
    this.score.fill(0);
    this.state.fill(0);
    for (const column of this.projections) column.fill(0);
  }

  /** Moves one tick on by a bin. */
  #step(
    slot: number,
    tick: number,
    pressure: Float64Array,
    vacuum: Float64Array,
    first: boolean,
  ): void {
    const rows = this.#rows;
    const row = rows.block(slot);
    const base = rows.base(slot);
    const at = base + rows.scalars;
    this.#roll(row, base, tick, pressure, vacuum);
    const dtS = this.#dtS;
    const rolled = this.#rolled[0]!;
    // Nothing precedes the first bin, and what precedes the second has derivatives of 0.
    const d1 = first ? 0 : (rolled - row[at + SCALAR.ROLLED]!) / dtS;
    const d2 = first ? 0 : (d1 - row[at + SCALAR.D1]!) / dtS;
    const d3 = first ? 0 : (d2 - row[at + SCALAR.D2]!) / dtS;
    row[at + SCALAR.ROLLED] = rolled;
    row[at + SCALAR.D1] = d1;
    row[at + SCALAR.D2] = d2;
    row[at + SCALAR.D3] = d3;
    for (let i = 0; i < 3; i++) this.#rank(row, base, i);
    const z = this.#z;
    const scale = this.#invTanhScale;
    const score = clipUnit(
      this.#dw1 * Math.tanh(z[0]! * scale) + this.#dw2 * Math.tanh(z[1]! * scale) +
        this.#dw3 * Math.tanh(z[2]! * scale),
    );
    const s1 = first ? 0 : (score - row[at + SCALAR.SCORE]!) / dtS;
    const s2 = first ? 0 : (s1 - row[at + SCALAR.S1]!) / dtS;
    const s3 = first ? 0 : (s2 - row[at + SCALAR.S2]!) / dtS;
    row[at + SCALAR.SCORE] = score;
    row[at + SCALAR.S1] = s1;
    row[at + SCALAR.S2] = s2;
    row[at + SCALAR.S3] = s3;
    this.#publish(row, at, tick);
  }

  /** Appends the balance of a tick to its rolling sums and writes their weighted mean. */
  #roll(
    row: Float64Array,
    base: number,
    tick: number,
    pressure: Float64Array,
    vacuum: Float64Array,
  ): void {
    const p = pressure[tick]!;
    const v = vacuum[tick]!;
    const composite = (p - v) / (Math.abs(p) + Math.abs(v) + EPS_COMPOSITE);
    const windows = this.#windows;
    const count = this.#count;
    const ring = this.#compositeRing;
    const head = this.#compositeHead;
    const sums = base + this.#rows.sums;
    const stored = count + 1 < this.#maxCount ? count + 1 : this.#maxCount;
    let rolled = 0;
    for (let j = 0; j < windows.length; j++) {
      const w = windows[j]!;
      let sum = row[sums + j]!;
      // Subtract, then add: the residue that this order leaves belongs to the result.
      if (count >= w) sum -= row[base + (head >= w ? head - w : head - w + ring)]!;
      sum += composite;
      row[sums + j] = sum;
      rolled += this.#rollup[j]! * (sum / (stored < w ? stored : w));
    }
    row[base + head] = composite;
    this.#rolled[0] = rolled;
  }

  /** Appends a derivative, 0 to 2, to its window and writes its robust z there. */
  #rank(row: Float64Array, base: number, derivative: number): void {
    const rows = this.#rows;
    const zBins = this.#zBins;
    const incoming = base + rows.scalars + SCALAR.D1 + derivative;
    const oldest = base + rows.rings + derivative * zBins + this.#derivativeHead;
    const sorted = base + rows.sorted + derivative * zBins;
    let n = zBins;
    if (this.#count < zBins) {
      insertSorted(row, sorted, this.#count, incoming);
      n = this.#count + 1;
    } else {
      replaceSorted(row, sorted, zBins, oldest, incoming);
    }
    const x = row[incoming]!;
    row[oldest] = x;
    this.#z[derivative] = 0;
    if (n < this.#minPeriods) return;
    writeMedianMad(row, sorted, n, this.#centre);
    const scale = MAD_TO_SIGMA * this.#centre[1]!;
    if (scale > MIN_SCALE) this.#z[derivative] = (x - this.#centre[0]!) / scale;
  }

  #publish(row: Float64Array, at: number, tick: number): void {
    const score = row[at + SCALAR.SCORE]!;
    this.score[tick] = score;
    this.state[tick] = score >= this.#threshold ? 1 : score <= -this.#threshold ? -1 : 0;
    writeProjections(this.#projector, row, at + SCALAR.SCORE, this.projections, tick);
  }

  #admit(active: Int32Array, activeCount: number): void {
    const slotOf = this.#rows.slotOf;
    for (let i = 0; i < activeCount; i++) {
      const tick = active[i]!;
      this.#checkTick(tick);
      if (slotOf[tick]! < 0) this.#rows.add(tick);
    }
  }

  #checkTick(tick: number): void {
    if (!(tick >= 0 && tick < this.#nTicks)) {
      throw new RangeError(
        `Cannot follow a tick as its index must be below ${this.#nTicks}: it is ${tick}`,
      );
    }
  }

  /** A NaN would sit in the sorted windows for good, so it is refused before anything moves. */
  #checkForces(pressure: Float64Array, vacuum: Float64Array): void {
    const { tickOf, slots } = this.#rows;
    for (let slot = 0; slot < slots; slot++) {
      const tick = tickOf[slot]!;
      if (!(Math.abs(pressure[tick]!) + Math.abs(vacuum[tick]!) < Infinity)) {
        throw new RangeError(
          `Cannot update a spectrum as the forces of tick ${tick} must be finite: ` +
            `they are ${pressure[tick]} and ${vacuum[tick]}`,
        );
      }
    }
  }
}

function next(head: number, length: number): number {
  return head + 1 === length ? 0 : head + 1;
}
