import { exp } from "../dmath/mod.ts";

/** Poisson count from one uniform in [0, 1), by inversion; exact for means below some 30, capped there. */
export function poisson(mean: number, uniform: number): number {
  if (mean <= 0) return 0;
  let term = exp(-mean);
  let sum = term;
  let count = 0;
  while (uniform >= sum && count < 400) {
    count++;
    term *= mean / count;
    sum += term;
  }
  return count;
}
