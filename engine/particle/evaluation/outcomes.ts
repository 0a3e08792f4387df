/** Names of the columns of {@link Outcomes}. */
const COLUMNS = [
  "origin",
  "act",
  "raw",
  "published",
  "lastv",
  "ema",
  "ar1",
  "ofi",
  "plainHit",
  "pit",
  "crps",
  "walkCrps",
  "variance",
] as const;

/** One row of {@link Outcomes}. */
export type Outcome = Readonly<Record<(typeof COLUMNS)[number], number>>;

/**
 * Forecasts of one horizon with what came, a row per origin, in time order: row of the origin in the course; the move
 * that came and forecasts of it, ticks; whether it lay in the plain band; where it lay in the scaled
 * distribution, NaN before there was one; scores of the scaled distribution and of the walk's, ticks;
 * and mean square of a move at the origin, ticks^2.
 */
export type Outcomes = Readonly<Record<(typeof COLUMNS)[number], Float64Array>>;

/** Gathers outcomes of one horizon. */
export class OutcomeTable {
  readonly #cells: Float64Array;
  readonly #capacity: number;
  #rows = 0;

  /** @param capacity Most rows. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#cells = new Float64Array(COLUMNS.length * capacity);
  }

  push(row: Outcome): void {
    COLUMNS.forEach((name, i) => this.#cells[i * this.#capacity + this.#rows] = row[name]);
    this.#rows++;
  }

  /** What was gathered so far. */
  columns(): Outcomes {
    const column = (i: number) =>
      this.#cells.slice(i * this.#capacity, i * this.#capacity + this.#rows);
    return Object.fromEntries(COLUMNS.map((name, i) => [name, column(i)])) as Outcomes;
  }
}
