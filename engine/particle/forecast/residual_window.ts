import { insertSorted, replaceSorted } from "../../stats/mod.ts";

/** State of a {@link ResidualWindow}: the residuals from the oldest on. */
export type ResidualWindowState = Float64Array;

/** The last residuals in order of size. */
export class ResidualWindow {
  /** Residuals held. */
  count = 0;
  readonly #capacity: number;
  /** A ring of the residuals as they came, then the same sorted, then a place for a newcomer. */
  readonly #cells: Float64Array;
  #oldest = 0;

  /** @param capacity Residuals remembered, >= 1. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#cells = new Float64Array(2 * capacity + 1);
  }

  /** Takes a finite residual; the oldest goes when the window is full. */
  push(residual: number): void {
    const [capacity, cells] = [this.#capacity, this.#cells];
    const newcomer = 2 * capacity;
    cells[newcomer] = residual;
    if (this.count < capacity) {
      insertSorted(cells, capacity, this.count, newcomer);
      cells[this.count++] = residual;
      return;
    }
    replaceSorted(cells, capacity, capacity, this.#oldest, newcomer);
    cells[this.#oldest] = residual;
    this.#oldest = (this.#oldest + 1) % capacity;
  }

  /**
   * The residual that a share q of the next ones should not exceed: the order statistic of rank
   * ceil(q (m + 1)), held inside 1..m.
   *
   * @param q In (0, 1). The window must not be empty.
   * @see Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), "Distribution-free predictive inference
   * for regression".
   */
  quantile(q: number): number {
    const rank = Math.ceil(q * (this.count + 1)) - 1;
    return this.#cells[this.#capacity + Math.min(Math.max(rank, 0), this.count - 1)]!;
  }

  /** Residual of a rank, 0..count - 1, ascending. */
  at(rank: number): number {
    return this.#cells[this.#capacity + rank]!;
  }

  /** Forgets all residuals. */
  clear(): void {
    this.count = 0;
    this.#oldest = 0;
  }

  /** Whole state. */
  save(): ResidualWindowState {
    const at = (i: number) => (this.#oldest + i) % this.#capacity;
    return Float64Array.from({ length: this.count }, (_, i) => this.#cells[at(i)]!);
  }

  /** Goes on from a state of a window with the same capacity. */
  restore(residuals: ResidualWindowState): void {
    this.clear();
    for (const residual of residuals) this.push(residual);
  }
}
