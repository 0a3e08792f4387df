import {
  SlidingQuantiles,
  type SlidingQuantilesState,
  SlidingSlope,
  type SlidingSlopeState,
} from "../stats/mod.ts";
import { DEFAULT_PARAMETERS, type SignalParameters } from "./parameters.ts";
import { binsFor, rankLimit, rankOf, type SignalRows } from "./signal_rows.ts";

/** Share of the z window before a z is given. */
const Z_MIN_SHARE = 0.15;
/** A slope history narrower than this has no scale. */
const MIN_SCALE = 1e-12;
const TANH_SCALE = 3;
const SIDES = 2;

/** Bands of levels on either side. */
const BANDS = 3;

/** Copy of the signal's memory, fit for structured clone. */
export interface DerivativeSlopeState {
  readonly slopes: readonly SlidingSlopeState[];
  readonly histories: readonly SlidingQuantilesState[];
  readonly bins: number;
}

/**
 * Asymmetric derivative slope: whether liquidity has been building under the price faster than over
 * it, as slopes of the difference over three spans, each scaled by its own past. In (−1, 1), positive
 * is bullish.
 *
 * @see docs/methods/signals.md, "ADS".
 */
export class DerivativeSlope {
  readonly #slopes: readonly SlidingSlope[];
  readonly #histories: readonly SlidingQuantiles[];
  readonly #minPeriods: number;
  readonly #warmBins: number;
  readonly #weights: Float64Array;
  /** Band of each rank from 0 to the last; 0 belongs to none and is never asked for. */
  readonly #bandOf: Int8Array;
  readonly #bandWeight: Float64Array;
  readonly #lastRank: number;
  // Per band and side (bid, ask): sums and rows of one bin.
  readonly #add = new Float64Array(BANDS * SIDES);
  readonly #pull = new Float64Array(BANDS * SIDES);
  readonly #rows = new Float64Array(BANDS * SIDES);
  #bins = 0;

  /** @throws {RangeError} When the bin width is not finite and > 0. */
  constructor(cellWidthMs: number, parameters: SignalParameters = DEFAULT_PARAMETERS) {
    const p = parameters;
    const window = binsFor(p.adsZMs, cellWidthMs, 2);
    const slopes = [p.adsSlope1Ms, p.adsSlope2Ms, p.adsSlope3Ms];
    this.#slopes = slopes.map((ms) => new SlidingSlope(binsFor(ms, cellWidthMs, 2)));
    this.#histories = slopes.map(() => new SlidingQuantiles(window));
    this.#weights = Float64Array.of(p.adsWeight1, p.adsWeight2, p.adsWeight3);
    this.#minPeriods = Math.max(2, Math.min(window, Math.floor(Z_MIN_SHARE * window)));
    this.#warmBins = binsFor(p.adsZMs, cellWidthMs, 1);
    const widths = [p.adsWidth1, p.adsWidth2, p.adsWidth3];
    this.#bandOf = bandTable(widths);
    this.#lastRank = this.#bandOf.length - 1;
    this.#bandWeight = bandWeights(widths);
  }

  /** True once the z window has been seen in full. */
  get warm(): boolean {
    return this.#bins >= this.#warmBins;
  }

  /** Takes one bin and returns the signal; 0 until warm. */
  update(rows: SignalRows): number {
    const asymmetry = this.#asymmetry(rows);
    this.#bins++;
    let signal = 0;
    for (let i = 0; i < this.#slopes.length; i++) {
      const slope = this.#slopes[i]!.push(asymmetry);
      if (Number.isNaN(slope)) continue; // not yet a line: no z, and no place in its history
      const history = this.#histories[i]!;
      history.push(slope);
      const z = history.count < this.#minPeriods ? 0 : history.robustZ(slope, MIN_SCALE);
      signal += this.#weights[i]! * Math.tanh(z / TANH_SCALE);
    }
    return this.warm ? signal : 0;
  }

  /** Back to the state after construction. */
  reset(): void {
    for (const slope of this.#slopes) slope.reset();
    for (const history of this.#histories) history.reset();
    this.#bins = 0;
  }

  save(): DerivativeSlopeState {
    return {
      slopes: this.#slopes.map((slope) => slope.save()),
      histories: this.#histories.map((history) => history.save()),
      bins: this.#bins,
    };
  }

  /** Puts back a copy of a signal with the same parameters. */
  restore(state: DerivativeSlopeState): void {
    this.#slopes.forEach((slope, i) => slope.restore(state.slopes[i]!));
    this.#histories.forEach((history, i) => history.restore(state.histories[i]!));
    this.#bins = state.bins;
  }

  /** Bid minus ask in adding plus ask minus bid in pulling, contracts/s, over the weighted bands. */
  #asymmetry(rows: SignalRows): number {
    const { k, vAdd, vPull, spotHalfTick } = rows;
    const bandOf = this.#bandOf;
    const lastRank = this.#lastRank;
    const limit = Math.min(lastRank, rankLimit(k, spotHalfTick));
    this.#add.fill(0);
    this.#pull.fill(0);
    this.#rows.fill(0);
    for (let i = 0; i < k.length; i++) {
      const rank = rankOf(k[i]!, spotHalfTick);
      if (rank === 0 || rank > limit || rank < -lastRank) continue;
      const cell = rank < 0 ? bandOf[-rank]! * SIDES : bandOf[rank]! * SIDES + 1;
      this.#add[cell]! += vAdd[i]!;
      this.#pull[cell]! += vPull[i]!;
      this.#rows[cell]! += 1;
    }
    let sum = 0;
    for (let band = 0; band < BANDS; band++) {
      const bid = band * SIDES;
      const ask = bid + 1;
      sum += this.#bandWeight[band]! *
        ((this.#mean(this.#add, bid) - this.#mean(this.#add, ask)) +
          (this.#mean(this.#pull, ask) - this.#mean(this.#pull, bid)));
    }
    return sum;
  }

  #mean(sums: Float64Array, cell: number): number {
    const rows = this.#rows[cell]!;
    return rows === 0 ? 0 : sums[cell]! / rows;
  }
}

function bandTable(widths: readonly number[]): Int8Array {
  const table = new Int8Array(1 + widths.reduce((sum, width) => sum + width, 0));
  let first = 1;
  widths.forEach((width, band) => {
    table.fill(band, first, first + width);
    first += width;
  });
  return table;
}

function bandWeights(widths: readonly number[]): Float64Array {
  const raw = Float64Array.from(widths, (width) => 1 / Math.sqrt(width));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}
