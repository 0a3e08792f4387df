/** A value of a golden row: a number, a text, a truth or none. */
export type Cell = number | string | boolean | null;

/** Misses of a file that are told in words; all are counted. */
const MOST_TOLD = 5;

/** Counts what was compared with golden numbers, and what differed. */
export class Tally {
  /** Values compared. */
  checks = 0;
  /** Of these, the ones that differ. */
  misses = 0;
  /** What the first of them are. */
  readonly told: string[] = [];

  /** Compares two values that must be the same. @param where Names them when they are not. */
  same(actual: unknown, expected: unknown, where: string): void {
    this.#count(Object.is(actual, expected) || actual === expected, actual, expected, where);
  }

  /** Compares two values; numbers may be `bound` apart. @param where Names them when they differ. */
  near(actual: unknown, expected: Cell, bound: number, where: string): void {
    const isNear = typeof actual === "number" && typeof expected === "number"
      ? Math.abs(actual - expected) <= bound
      : actual === expected;
    this.#count(isNear, actual, expected, where);
  }

  #count(isHit: boolean, actual: unknown, expected: unknown, where: string): void {
    this.checks++;
    if (isHit) return;
    this.misses++;
    if (this.told.length < MOST_TOLD) this.told.push(`${where}: ${actual}, expected ${expected}`);
  }
}

/** Bound of a double: a share of its size, and of 1 where it is smaller. */
export function relativeBound(expected: number, share: number): number {
  return share * Math.max(1, Math.abs(expected));
}
