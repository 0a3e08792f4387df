import { exp } from "./exp.ts";

const SQRT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal at x: 0 beyond |x| of about 37.6. */
export function normalPdf(x: number): number {
  return exp(-0.5 * x * x) / SQRT_TWO_PI;
}

/**
 * P(Z <= x) of a standard normal Z, by the same arithmetic on every machine; absolute error below 1e-14.
 *
 * @see Hart et al. (1968), "Computer Approximations", algorithm 5666, as printed in West (2005), "Better
 *   approximations to cumulative normal functions".
 */
export function normalCdf(x: number): number {
  const a = x < 0 ? -x : x;
  if (Number.isNaN(a)) return NaN;
  if (a > 37) return x > 0 ? 1 : 0;
  const e = exp(-0.5 * a * a);
  const tail = a < 7.071067811865475 ? centralTail(a, e) : farTail(a, e);
  return x > 0 ? 1 - tail : tail;
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
  return e / ((a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) * SQRT_TWO_PI);
}
