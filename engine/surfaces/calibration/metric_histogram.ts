import { exp, log } from "../../dmath/mod.ts";

/** Equal bins of asinh(x) from −20 to 20; with a counter below and one above they are the slots. */
const BINS = 8_192;
const LIMIT = 20;
const SLOTS = BINS + 2;
const ABOVE = BINS + 1;
/** Slots to a block: a search looks at the blocks first and then into one. */
const BLOCK_SHIFT = 6;
const BLOCKS = (SLOTS >> BLOCK_SHIFT) + 1;

/** Copy of a histogram, fit for structured clone. */
export interface MetricHistogramState {
  /** Values per slot: below −20, the bins, above 20. */
  readonly counts: Uint32Array;
  /** Windows that brought a value. */
  readonly windows: number;
}

/**
 * How often the values of one metric were seen: 8,192 equal bins of asinh(x), which is linear near 0 and
 * logarithmic far away on both sides, so that one set of bins serves ratios and millions of dollars. All counts are
 * integers; neither the order of values nor how they were cut into calls can change a bit of a result.
 */
export class MetricHistogram {
  readonly counts = new Uint32Array(SLOTS);
  /** Sums of blocks of counts. */
  readonly blocks = new Float64Array(BLOCKS);
  values = 0;
  windows = 0;

  /**
   * Takes the values of one window; a window without values does not count as one.
   *
   * @param values Finite; the first `count` are taken.
   */
  add(values: Float64Array, count: number): void {
    if (count === 0) return;
    this.windows++;
    this.values += count;
    for (let i = 0; i < count; i++) {
      const slot = slotOf(values[i]!);
      this.counts[slot]!++;
      this.blocks[slot >> BLOCK_SHIFT]!++;
    }
  }

  /** Adds what another histogram has seen. */
  merge(other: MetricHistogramState): void {
    this.windows += other.windows;
    for (let slot = 0; slot < SLOTS; slot++) {
      const count = other.counts[slot]!;
      this.counts[slot]! += count;
      this.blocks[slot >> BLOCK_SHIFT]! += count;
      this.values += count;
    }
  }

  save(): MetricHistogramState {
    return { counts: this.counts.slice(), windows: this.windows };
  }

  restore(state: MetricHistogramState): void {
    this.counts.fill(0);
    this.blocks.fill(0);
    this.values = 0;
    this.windows = 0;
    this.merge(state);
  }
}

/** Slot of a value; 0 is below every bin, the last one above. */
function slotOf(value: number): number {
  if (value === 0) return 1 + BINS / 2; // most flows are: not worth a logarithm
  const size = Math.abs(value);
  const asinh = log(size + Math.sqrt(size * size + 1));
  if (asinh > LIMIT) return value < 0 ? 0 : ABOVE;
  const y = value < 0 ? -asinh : asinh;
  return Math.min(BINS, 1 + Math.floor((y + LIMIT) / (2 * LIMIT) * BINS));
}

/** Finds quantiles of two histograms together, the older of which has a weight per value. */
export class QuantileSearch {
  /** Slot that the last search found. */
  slot = 0;
  /** Quantile that the last search found, unit of the metric. */
  value = 0;

  /**
   * Finds the first slot at which a share of the weight is reached, and the value inside it, linear in asinh.
   *
   * @param weight Of a value of `older`, ≥ 0. Together the two must hold a value.
   * @param share Above 0, below 1.
   */
  find(own: MetricHistogram, older: MetricHistogram, weight: number, share: number): void {
    const target = share * (weight * older.values + own.values);
    let oldBefore = 0;
    let ownBefore = 0;
    let block = 0;
    while (block < BLOCKS - 1) {
      const oldAfter = oldBefore + older.blocks[block]!;
      const ownAfter = ownBefore + own.blocks[block]!;
      if (weight * oldAfter + ownAfter >= target) break;
      oldBefore = oldAfter;
      ownBefore = ownAfter;
      block++;
    }
    let slot = block << BLOCK_SHIFT;
    while (slot < ABOVE) {
      const oldAfter = oldBefore + older.counts[slot]!;
      const ownAfter = ownBefore + own.counts[slot]!;
      if (weight * oldAfter + ownAfter >= target) break;
      oldBefore = oldAfter;
      ownBefore = ownAfter;
      slot++;
    }
    const inside = weight * older.counts[slot]! + own.counts[slot]!;
    this.slot = slot;
    this.value = valueAt(slot, (target - (weight * oldBefore + ownBefore)) / inside);
  }
}

/** Middle of a slot in asinh; of the outermost ones the edge, unit of the metric. */
export function middleOf(slot: number): number {
  return valueAt(slot, 0.5);
}

/** Value at a part of a slot, 0 to 1. */
function valueAt(slot: number, part: number): number {
  if (slot === 0) return sinh(-LIMIT);
  if (slot === ABOVE) return sinh(LIMIT);
  return sinh((slot - 1 + part) / BINS * (2 * LIMIT) - LIMIT);
}

function sinh(y: number): number {
  return (exp(y) - exp(-y)) / 2;
}
