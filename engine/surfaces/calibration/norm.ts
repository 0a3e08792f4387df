/**
 * Where a value lies between two bounds, clipped: 0 at or below q05, 1 at or above q95. Equal bounds
 * count as one unit apart.
 *
 * @param value Unit of the bounds, no NaN.
 * @throws {RangeError} When the upper bound is below the lower one.
 */
export function norm(value: number, q05: number, q95: number): number {
  const share = (value - q05) / (q95 > q05 ? q95 - q05 : spanOfEqual(q05, q95));
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/**
 * A signed value as a share of the wider of its bounds, −1 to 1: unlike with {@link norm} 0 stays 0.
 * Bounds that are both 0 count as 1.
 *
 * @param value Unit of the bounds, no NaN.
 * @throws {RangeError} When the upper bound is below the lower one.
 */
export function signedNorm(value: number, q05: number, q95: number): number {
  if (!(q95 > q05)) spanOfEqual(q05, q95);
  const wider = Math.max(Math.abs(q05), Math.abs(q95));
  const share = wider > 0 ? value / wider : value;
  return share < -1 ? -1 : share > 1 ? 1 : share;
}

function spanOfEqual(q05: number, q95: number): number {
  if (q95 === q05) return 1;
  throw new RangeError(`Cannot normalise as q95 must be >= q05: they are ${q95} and ${q05}`);
}
