import type { Cell, Tally } from "../tally.ts";

/** Compares a value with a golden one of the lab: `|actual - expected| / (1 + |expected|) <= tol`. */
export function nearLab(
  tally: Tally,
  actual: unknown,
  expected: Cell,
  tol: number,
  where: string,
): void {
  const bound = typeof expected === "number" ? tol * (1 + Math.abs(expected)) : 0;
  tally.near(actual, expected, bound, where);
}

/** Compares lists value by value, and their lengths. */
export function nearLabList(
  tally: Tally,
  actual: ArrayLike<unknown>,
  expected: readonly Cell[],
  tol: number,
  where: string,
): void {
  tally.same(actual.length, expected.length, `${where}, length`);
  expected.forEach((value, i) => nearLab(tally, actual[i], value, tol, `${where}[${i}]`));
}
