/**
 * First index in `[base, base + n)` whose value is not below `x`, or `base + n`.
 *
 * @param a Values ascending on `[base, base + n)`, none NaN.
 * @param x Not NaN.
 */
export function lowerBound(a: Float64Array, base: number, n: number, x: number): number {
  let low = base;
  let high = base + n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (a[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Puts `x` into the ascending run `[base, base + n)`, which then ends at `base + n + 1`.
 *
 * @param a Has room at `base + n`; whatever stands there is overwritten.
 * @param x Not NaN.
 */
export function insertSorted(a: Float64Array, base: number, n: number, x: number): void {
  const at = lowerBound(a, base, n, x);
  a.copyWithin(at + 1, at, base + n);
  a[at] = x;
}

/**
 * Takes one value equal to `old` out of the ascending run `[base, base + n)` and puts `x` in; only
 * the values between the two places move.
 *
 * @param old A value of the run.
 * @param x Not NaN.
 */
export function replaceSorted(
  a: Float64Array,
  base: number,
  n: number,
  old: number,
  x: number,
): void {
  const from = lowerBound(a, base, n, old);
  const to = lowerBound(a, base, n, x);
  if (to > from) {
    a.copyWithin(from, from + 1, to);
    a[to - 1] = x;
  } else {
    a.copyWithin(to + 1, to, from);
    a[to] = x;
  }
}

/**
 * Median of the ascending run `[base, base + n)`; the mean of the two middle values when n is even.
 *
 * @param n At least 1.
 */
export function medianSorted(a: Float64Array, base: number, n: number): number {
  const middle = base + (n >>> 1);
  return (n & 1) === 1 ? a[middle]! : (a[middle - 1]! + a[middle]!) / 2;
}

/**
 * Median absolute deviation of the ascending run `[base, base + n)` in O(log n), equal to the last
 * bit to sorting `|x − median|`.
 *
 * The deviations form two sorted runs that leave the median to either side, so the smaller half of
 * them is a contiguous stretch of values; its left end is found by bisection. Rounding keeps the
 * order of differences from one number, hence no deviation can change its rank.
 *
 * @param n At least 1.
 * @param median The value of {@link medianSorted} for the same run.
 * @see docs/methods/spectrum.md, "Exact median and MAD of a sliding window".
 */
export function madSorted(a: Float64Array, base: number, n: number, median: number): number {
  const half = n >>> 1;
  let low = base;
  let high = base + half;
  // Smallest left end whose value deviates less than (or as much as) the value past the right end.
  while (low < high) {
    const left = (low + high) >>> 1;
    if (median - a[left]! > a[left + half]! - median) low = left + 1;
    else high = left;
  }
  // The stretch [low, low + half) holds the `half` smallest deviations.
  let next = low + half < base + n ? a[low + half]! - median : Infinity;
  if (low > base && median - a[low - 1]! < next) next = median - a[low - 1]!;
  if ((n & 1) === 1) return next;
  const leftEnd = median - a[low]!;
  const rightEnd = a[low + half - 1]! - median;
  return ((leftEnd > rightEnd ? leftEnd : rightEnd) + next) / 2;
}
