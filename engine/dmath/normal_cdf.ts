import { exp } from "./exp.ts";

/** Where the tail passes from one approximation to the other. */
const CENTRAL = 7.071067811865475;
const SQRT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal at x, of `exp(-0.5 * x * x)`, which who needs a density mostly has. */
export function normalPdfOf(e: number): number {
  return e / SQRT_TWO_PI;
}

/**
 * P(Z <= x) of a standard normal Z, by the same arithmetic on every machine; absolute error below 1e-14.
 *
 * @see Hart et al. (1968), "Computer Approximations", algorithm 5666, as printed in West (2005), "Better
 *   approximations to cumulative normal functions".
 */
export function normalCdf(x: number): number {
  return normalCdfOf(x, exp(-0.5 * x * x));
}

/** The bits of {@link normalCdf} for whoever needs e^(-x²/2) anyway. @param e `exp(-0.5 * x * x)`. */
export function normalCdfOf(x: number, e: number): number {
  const a = Math.abs(x);
  const tail = a < CENTRAL ? centralTail(a, e) : farTail(a, e);
  return x > 0 ? 1 - tail : tail;
}

/** Writes {@link normalCdfOf} of the first `count` values. */
export function writeNormalCdf(
  x: Float64Array,
  e: Float64Array,
  out: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const a = Math.abs(x[i]!);
    const tail = a < CENTRAL ? centralTail(a, e[i]!) : farTail(a, e[i]!);
    out[i] = x[i]! > 0 ? 1 - tail : tail; // as there; the call's result as such costs a third more
  }
}

function centralTail(a: number, e: number): number {
  const numerator = (((((0.0352624965998911 * a + 0.700383064443688) * a + 6.37396220353165) * a +
                33.912866078383) * a + 112.079291497871) * a + 221.213596169931) * a +
    220.206867912376;
  const denominator = ((((((0.0883883476483184 * a + 1.75566716318264) * a + 16.064177579207) * a +
                    86.7807322029461) * a + 296.564248779674) * a + 637.333633378831) * a +
        793.826512519948) * a + 440.413735824752;
  return e * numerator / denominator;
}

function farTail(a: number, e: number): number {
  if (a > 37) return 0;
  return e / ((a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) * SQRT_TWO_PI);
}
