/** Running figures of one key: number, sum, sum of squares, smallest and greatest. */
type Cell = [n: number, sum: number, squares: number, least: number, greatest: number];

/** Figures as plain data that a thread can send. */
export interface TalliesData {
  readonly cells: Readonly<Record<string, Readonly<Cell>>>;
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Named running figures that add up over sessions and threads. Memory grows with the number of keys, not
 * with what is counted. Absent keys read as NaN.
 */
export class Tallies {
  readonly #cells = new Map<string, Cell>();
  readonly #counts = new Map<string, Map<string, number>>();

  /** Adds one value. */
  add(key: string, value: number): void {
    if (Number.isFinite(value)) this.#add(key, 1, value, value * value, value, value);
  }

  /** Adds `hits` of `cases`: the mean becomes the share. */
  share(key: string, hits: number, cases: number): void {
    const any = hits > 0 ? 1 : 0;
    if (cases > 0) this.#add(key, cases, hits, hits, any, any);
  }

  /** Counts a value of a small set. */
  count(key: string, value: string | number, times = 1): void {
    let found = this.#counts.get(key);
    if (found === undefined) this.#counts.set(key, found = new Map());
    const name = String(value);
    found.set(name, (found.get(name) ?? 0) + times);
  }

  n(key: string): number {
    return this.#cells.get(key)?.[0] ?? 0;
  }

  sum(key: string): number {
    return this.#cells.get(key)?.[1] ?? 0;
  }

  mean(key: string): number {
    const cell = this.#cells.get(key);
    return cell === undefined ? NaN : cell[1] / cell[0];
  }

  /** Population standard deviation over the mean. */
  variation(key: string): number {
    const cell = this.#cells.get(key);
    if (cell === undefined) return NaN;
    const mean = cell[1] / cell[0];
    return Math.sqrt(Math.max(0, cell[2] / cell[0] - mean * mean)) / mean;
  }

  least(key: string): number {
    return this.#cells.get(key)?.[3] ?? NaN;
  }

  greatest(key: string): number {
    return this.#cells.get(key)?.[4] ?? NaN;
  }

  /** Keys that begin with a prefix, without it. */
  keys(prefix: string): string[] {
    const found: string[] = [];
    for (const key of this.#cells.keys()) {
      if (key.startsWith(prefix)) found.push(key.slice(prefix.length));
    }
    return found;
  }

  /** Times that a value was counted. */
  times(key: string, value: string | number): number {
    return this.#counts.get(key)?.get(String(value)) ?? 0;
  }

  /** All that was counted under a key. */
  total(key: string): number {
    let total = 0;
    for (const times of this.#counts.get(key)?.values() ?? []) total += times;
    return total;
  }

  /** Value below which a share of the counted numbers lies; NaN when there are none. */
  quantile(key: string, share: number): number {
    const total = this.total(key);
    const values = [...this.#counts.get(key) ?? []].map(([name, times]) =>
      [Number(name), times] as const
    ).sort(([a], [b]) => a - b);
    let seen = 0;
    for (const [value, times] of values) {
      seen += times;
      if (seen > share * total) return value;
    }
    return values.at(-1)?.[0] ?? NaN;
  }

  /** Adds another tape's figures to these. */
  merge({ cells, counts }: TalliesData): void {
    for (const [key, cell] of Object.entries(cells)) this.#add(key, ...cell);
    for (const [key, values] of Object.entries(counts)) {
      for (const [value, times] of Object.entries(values)) this.count(key, value, times);
    }
  }

  /** A copy as plain data. */
  data(): TalliesData {
    return {
      cells: Object.fromEntries([...this.#cells].map(([key, cell]) => [key, [...cell] as Cell])),
      counts: Object.fromEntries(
        [...this.#counts].map(([key, values]) => [key, Object.fromEntries(values)]),
      ),
    };
  }

  #add(
    key: string,
    n: number,
    sum: number,
    squares: number,
    least: number,
    greatest: number,
  ): void {
    const cell = this.#cells.get(key);
    if (cell === undefined) {
      this.#cells.set(key, [n, sum, squares, least, greatest]);
      return;
    }
    cell[0] += n;
    cell[1] += sum;
    cell[2] += squares;
    cell[3] = Math.min(cell[3], least);
    cell[4] = Math.max(cell[4], greatest);
  }
}
