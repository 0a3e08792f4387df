import { benchColumns } from "../../engine/options/columns_bench.ts";
import type { BenchRow } from "./row.ts";

/** Times greeks and implied volatilities of a chain in columns, against an object a contract. */
export function optionsRows(now: () => number): BenchRow[] {
  const { contracts, greeks, implied, maxDifferenceUsd, solved, onBound, naiveSolved } =
    benchColumns(now);
  return [{
    name: "options",
    what: `price, delta, gamma and vega of ${contracts} contracts`,
    unit: "contracts/s",
    measured: greeks.perSecond,
    baseline: { what: "an object a contract", value: greeks.naivePerSecond },
    reach: { bound: "at least", value: 15e6 },
    note: `prices differ by ${maxDifferenceUsd.toPrecision(2)} USD at most; medians of turns`,
  }, {
    name: "options",
    what: `implied volatility of ${contracts} prices`,
    unit: "contracts/s",
    measured: implied.perSecond,
    baseline: { what: "Newton's steps in a bracket", value: implied.naivePerSecond },
    reach: { bound: "at least", value: 4e6 },
    note: `${solved} solved and ${onBound} on their bound, where no volatility can be told; ` +
      `${naiveSolved} by the baseline`,
  }];
}
