import { exp } from "../dmath/mod.ts";
import type { Carry } from "./contract_columns.ts";

/** Rows that go through all passes before the next ones: what one leaves to the next stays in the nearest cache. */
export const BLOCK = 256;

/** What the time to expiry of a block's rows makes of money and volatility. Shape [BLOCK] each. */
export interface ExpiryColumns {
  /** Value now of 1 at expiry. */
  readonly discount: Float64Array;
  /** Underlying now that is one underlying at expiry. */
  readonly growth: Float64Array;
  /** Square root of the years. */
  readonly root: Float64Array;
}

/**
 * Writes what rows `from` to `from + count` have by their expiry: once an expiry where they are in its order.
 *
 * @param years Shape [n]. @param count At most {@link BLOCK}.
 */
export function writeExpiries(
  years: Float64Array,
  { rate, dividendYield }: Carry,
  from: number,
  count: number,
  { discount, growth, root }: ExpiryColumns,
): void {
  let last = NaN;
  let paid = NaN;
  let held = NaN;
  let deep = NaN;
  for (let i = 0; i < count; i++) {
    const t = years[from + i]!;
    if (t !== last) {
      last = t;
      paid = exp(-rate * t);
      held = exp(-dividendYield * t);
      deep = Math.sqrt(t);
    }
    discount[i] = paid;
    growth[i] = held;
    root[i] = deep;
  }
}
