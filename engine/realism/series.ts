/** Statistics of one series of returns. All take finite numbers and give NaN for series too short. */

/** Arithmetic mean. */
export function mean(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] ?? 0;
  return sum / x.length;
}

/** Population standard deviation. */
export function deviation(x: ArrayLike<number>): number {
  const m = mean(x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] ?? 0) - m) ** 2;
  return Math.sqrt(sum / x.length);
}

/** Autocorrelation at a lag, about the mean of the whole series. */
export function autocorrelation(x: ArrayLike<number>, lag: number): number {
  const m = mean(x);
  let over = 0;
  let under = 0;
  for (let i = 0; i < x.length; i++) {
    const d = (x[i] ?? 0) - m;
    under += d * d;
    if (i + lag < x.length) over += d * ((x[i + lag] ?? 0) - m);
  }
  return over / under;
}

/** Fourth standardised moment less 3. */
export function excessKurtosis(x: ArrayLike<number>): number {
  const m = mean(x);
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < x.length; i++) {
    const square = ((x[i] ?? 0) - m) ** 2;
    second += square;
    fourth += square * square;
  }
  return x.length * fourth / (second * second) - 3;
}

/** Sums of `k` neighbours: returns over overlapping stretches of `k` steps. */
export function overlapping(x: ArrayLike<number>, k: number): Float64Array {
  const out = new Float64Array(Math.max(0, x.length - k + 1));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i] ?? 0;
    if (i >= k) sum -= x[i - k] ?? 0;
    if (i >= k - 1) out[i - k + 1] = sum;
  }
  return out;
}

/** Sums of `k` neighbours that do not overlap; a rest shorter than `k` is left out. */
export function blocks(x: ArrayLike<number>, k: number): Float64Array {
  const out = new Float64Array(Math.floor(x.length / k));
  for (let i = 0; i < out.length * k; i++) {
    const block = Math.floor(i / k);
    out[block] = (out[block] ?? 0) + (x[i] ?? 0);
  }
  return out;
}

/** Running mean and population variance of values that come piece by piece. */
export class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  addAll(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      this.#count++;
      this.#sum += value;
      this.#squares += value * value;
    }
  }

  get variance(): number {
    const m = this.#sum / this.#count;
    return this.#squares / this.#count - m * m;
  }
}

/** Pearson correlation of two series of equal length. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [(a[i] ?? 0) - ma, (b[i] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}
