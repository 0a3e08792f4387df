// Values are named by their place in the array and results are written into one: a double that
// crosses a call is boxed on the heap whenever V8 decides not to inline that call.

/**
 * First index in `[base, base + n)` whose value is not below `a[at]`, or `base + n`.
 *
 * @param a Values ascending on `[base, base + n)`, none NaN.
 * @param at Place of a value that is not NaN.
 */
function lowerBound(a: Float64Array, base: number, n: number, at: number): number {
  const x = a[at]!;
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
 * Puts a copy of `a[at]` into the ascending run `[base, base + n)`, which then ends at
 * `base + n + 1`.
 *
 * @param a Has room at `base + n`; whatever stands there is overwritten.
 * @param at A place outside the run and its room; not NaN.
 */
export function insertSorted(a: Float64Array, base: number, n: number, at: number): void {
  const to = lowerBound(a, base, n, at);
  a.copyWithin(to + 1, to, base + n);
  a[to] = a[at]!;
}

/**
 * Takes one value equal to `a[oldAt]` out of the ascending run `[base, base + n)` and puts a copy of
 * `a[newAt]` in; only the values between the two places move.
 *
 * @param oldAt A place outside the run whose value is in the run.
 * @param newAt A place outside the run; not NaN.
 */
export function replaceSorted(
  a: Float64Array,
  base: number,
  n: number,
  oldAt: number,
  newAt: number,
): void {
  const from = lowerBound(a, base, n, oldAt);
  const to = lowerBound(a, base, n, newAt);
  if (to > from) {
    a.copyWithin(from, from + 1, to);
    a[to - 1] = a[newAt]!;
  } else {
    a.copyWithin(to + 1, to, from);
    a[to] = a[newAt]!;
  }
}

/**
 * Writes median and median absolute deviation of the ascending run `[base, base + n)` to `out[0]` and
 * `out[1]`, in O(log n) and equal to the last bit to sorting `|x − median|`. For an even n a median is
 * the mean of the two middle values.
 *
 * The deviations form two sorted runs that leave the median to either side, so the smaller half of
 * them is a contiguous stretch of values; its left end is found by bisection. Rounding keeps the
 * order of differences from one number, hence no deviation can change its rank.
 *
 * @param n At least 1.
 * @see docs/methods/spectrum.md, "Exact median and MAD of a sliding window".
 */
export function writeMedianMad(a: Float64Array, base: number, n: number, out: Float64Array): void {
  const half = n >>> 1;
  const odd = (n & 1) === 1;
  const middle = base + half;
  const median = odd ? a[middle]! : (a[middle - 1]! + a[middle]!) / 2;
  let low = base;
  let high = middle;
  // Smallest left end that deviates no more than the first value past the right end.
  while (low < high) {
    const left = (low + high) >>> 1;
    if (median - a[left]! > a[left + half]! - median) low = left + 1;
    else high = left;
  }
  // The stretch [low, low + half) holds the `half` smallest deviations; the one after is at either
  // of its ends, and the largest inside is too.
  const end = low + half;
  out[0] = median;
  out[1] = end < base + n ? a[end]! - median : median - a[low - 1]!;
  if (low > base && median - a[low - 1]! < out[1]!) out[1] = median - a[low - 1]!;
  if (odd) return;
  const leftEnd = median - a[low]!;
  const rightEnd = a[end - 1]! - median;
  out[1] = ((leftEnd > rightEnd ? leftEnd : rightEnd) + out[1]!) / 2;
}
