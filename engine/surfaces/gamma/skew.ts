import type { ChainIndex } from "./chain_index.ts";
import type { GreekRows } from "./greek_rows.ts";

const WING_DELTA = 0.25;

/**
 * Volatility of the put of delta -0.25 less that of the call of 0.25: between neighbouring options out of the money,
 * linear in delta, of several such pairs at that nearest to the future. NaN when the strikes do not reach that far.
 *
 * @param futureInt 1e-9 points.
 */
export function skewOf(index: ChainIndex, greeks: GreekRows, futureInt: number): number {
  const { strikeInt, putRow, callRow } = index;
  let first = 0;
  while (first < strikeInt.length && strikeInt[first]! < futureInt) first++;
  return wingIv(putRow, first - 1, -1, greeks) - wingIv(callRow, first, 1, greeks);
}

/** Walks the options of one right away from the future. */
function wingIv(
  rows: Int32Array,
  first: number,
  step: 1 | -1,
  { delta, iv }: GreekRows,
): number {
  let before = -1;
  for (let strike = first; strike >= 0 && strike < rows.length; strike += step) {
    const row = rows[strike]!;
    if (row < 0 || Number.isNaN(iv[row]!)) continue;
    if (before >= 0) {
      const near = Math.abs(delta[before]!) - WING_DELTA;
      const far = Math.abs(delta[row]!) - WING_DELTA;
      if (near * far <= 0) return iv[before]! + (iv[row]! - iv[before]!) * near / (near - far);
    }
    before = row;
  }
  return NaN;
}
