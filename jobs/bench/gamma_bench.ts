import { benchGamma } from "../../engine/surfaces/gamma/gamma_bench.ts";
import type { BenchRow } from "./row.ts";

/** Times the gamma of a window: volatilities, greeks, exposure, profile and summary of a whole chain. */
export function gammaRows(now: () => number): BenchRow[] {
  const { options, perSecond, naivePerSecond, largestMiss } = benchGamma(now);
  return [{
    name: "surface-gamma",
    what: `volatilities, greeks, exposure, profile and summary of a window of ${options} options`,
    unit: "windows/s",
    measured: perSecond,
    baseline: { what: "an object an option, bisection, every profile anew", value: naivePerSecond },
    reach: { bound: "at least", value: 3_000 },
    note: `totals differ by ${largestMiss.toPrecision(2)} at most; medians of turns`,
  }];
}
