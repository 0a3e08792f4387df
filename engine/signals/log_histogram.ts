import { normalCdf } from "../dmath/mod.ts";

/** Cells of a histogram. */
const CELLS = 80;
/** Cells to a doubling, so that a cell is 9 % wide. */
const CELLS_PER_DOUBLING = 8;
/** Lower edge of the second cell is one cell above 2 to this power; the first begins at 0. */
const LOWEST_POWER = -6;

/** Edges of the cells, [81]: 0, then 2^(−6 + i/8) up to 2^4; the last cell has no upper end. */
const EDGES = Float64Array.from(
  { length: CELLS + 1 },
  (_, i) => i === 0 ? 0 : 2 ** (LOWEST_POWER + i / CELLS_PER_DOUBLING),
);

/** Copy of a histogram, fit for structured clone: the weight of each cell, [80]. */
export type LogHistogramState = Float64Array;

/**
 * How often sizes of up to 16 were seen lately, in 80 cells of equal ratio (9 % each, from 0.016 on;
 * what is smaller, 0 too, lies in the first). Every new value fades the older ones. It begins with the
 * half-normal distribution, the sizes of a standard normal.
 *
 * @see docs/methods/cone.md, "The histogram".
 */
export class LogHistogram {
  readonly #keep: number;
  readonly #weights: Float64Array;

  /**
   * @param halfLife Values after which one counts half, > 0.
   * @param priorWeight Values that the half-normal beginning is worth, > 0.
   */
  constructor(halfLife: number, priorWeight: number) {
    this.#keep = 2 ** (-1 / halfLife);
    this.#weights = Float64Array.from(
      { length: CELLS },
      (_, i) => priorWeight * (halfNormalCdf(upperEdge(i)) - halfNormalCdf(EDGES[i]!)),
    );
  }

  /** Takes a size, ≥ 0. */
  add(size: number): void {
    const weights = this.#weights;
    for (let i = 0; i < CELLS; i++) weights[i]! *= this.#keep;
    weights[cellOf(size)]! += 1;
  }

  /**
   * Size that a share of the weight lies at or below, linear inside a cell.
   *
   * @param share Between 0 and 1.
   */
  quantile(share: number): number {
    const weights = this.#weights;
    let total = 0;
    for (let i = 0; i < CELLS; i++) total += weights[i]!;
    let left = share * total;
    let cell = 0;
    while (cell < CELLS - 1 && left > weights[cell]!) left -= weights[cell++]!;
    const part = Math.min(1, left / weights[cell]!);
    return EDGES[cell]! + part * (EDGES[cell + 1]! - EDGES[cell]!);
  }

  save(): LogHistogramState {
    return this.#weights.slice();
  }

  restore(state: LogHistogramState): void {
    this.#weights.set(state);
  }
}

/** The cell that holds a size: the last one whose lower edge is not above it. */
function cellOf(size: number): number {
  let low = 0;
  let high = CELLS - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (EDGES[middle]! <= size) low = middle;
    else high = middle - 1;
  }
  return low;
}

function upperEdge(cell: number): number {
  return cell === CELLS - 1 ? Infinity : EDGES[cell + 1]!;
}

/** P(|Z| ≤ x) of a standard normal Z. */
function halfNormalCdf(x: number): number {
  return 2 * normalCdf(x) - 1;
}
