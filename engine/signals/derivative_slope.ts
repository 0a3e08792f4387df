import { SlidingQuantiles, SlidingSlope } from "../stats/mod.ts";
import { binsFor, rankLimit, rankOf, type SignalRows } from "./signal_rows.ts";

/** Levels of each band on either side, first to last rank. */
const BANDS = [[1, 3], [4, 11], [12, 23]] as const;
const LAST_RANK = 23;
const SLOPE_MS = [1_000, 2_500, 5_000] as const;
const SLOPE_WEIGHTS = [0.40, 0.35, 0.25] as const;
const Z_WINDOW_MS = 20_000;
/** Share of the z window before a z is given. */
const Z_MIN_SHARE = 0.15;
/** A slope history narrower than this has no scale. */
const MIN_SCALE = 1e-12;
const TANH_SCALE = 3;
const SIDES = 2;

/** Band of each rank from 0 to 23; 0 belongs to none and is never asked for. */
const BAND_OF = bandTable();
const BAND_WEIGHT = bandWeights();

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
  // Per band and side (bid, ask): sums and rows of one bin.
  readonly #add = new Float64Array(BANDS.length * SIDES);
  readonly #pull = new Float64Array(BANDS.length * SIDES);
  readonly #rows = new Float64Array(BANDS.length * SIDES);
  #bins = 0;

  /** @throws {RangeError} When the bin width is not finite and > 0. */
  constructor(cellWidthMs: number) {
    const window = binsFor(Z_WINDOW_MS, cellWidthMs, 2);
    this.#slopes = SLOPE_MS.map((ms) => new SlidingSlope(binsFor(ms, cellWidthMs, 2)));
    this.#histories = SLOPE_MS.map(() => new SlidingQuantiles(window));
    this.#minPeriods = Math.max(2, Math.min(window, Math.floor(Z_MIN_SHARE * window)));
    this.#warmBins = binsFor(Z_WINDOW_MS, cellWidthMs, 1);
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
      signal += SLOPE_WEIGHTS[i]! * Math.tanh(z / TANH_SCALE);
    }
    return this.warm ? signal : 0;
  }

  /** Back to the state after construction. */
  reset(): void {
    for (const slope of this.#slopes) slope.reset();
    for (const history of this.#histories) history.reset();
    this.#bins = 0;
  }

  /** Bid minus ask in adding plus ask minus bid in pulling, contracts/s, over the weighted bands. */
  #asymmetry(rows: SignalRows): number {
    const { k, vAdd, vPull, spotHalfTick } = rows;
    const limit = Math.min(LAST_RANK, rankLimit(k, spotHalfTick));
    this.#add.fill(0);
    this.#pull.fill(0);
    this.#rows.fill(0);
    for (let i = 0; i < k.length; i++) {
      const rank = rankOf(k[i]!, spotHalfTick);
      if (rank === 0 || rank > limit || rank < -LAST_RANK) continue;
      const cell = rank < 0 ? BAND_OF[-rank]! * SIDES : BAND_OF[rank]! * SIDES + 1;
      this.#add[cell]! += vAdd[i]!;
      this.#pull[cell]! += vPull[i]!;
      this.#rows[cell]! += 1;
    }
    let sum = 0;
    for (let band = 0; band < BANDS.length; band++) {
      const bid = band * SIDES;
      const ask = bid + 1;
      sum += BAND_WEIGHT[band]! *
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

function bandTable(): Int8Array {
  const table = new Int8Array(LAST_RANK + 1);
  BANDS.forEach(([first, last], band) => table.fill(band, first, last + 1));
  return table;
}

function bandWeights(): Float64Array {
  const raw = Float64Array.from(BANDS, ([first, last]) => 1 / Math.sqrt(last - first + 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}
