import { benchPhysics } from "../../engine/surfaces/physics/physics_bench.ts";
import type { BenchRow } from "./row.ts";

/** Times what is computed on the band of a window, against its formulas over dictionaries. */
export function surfacePhysicsRows(now: () => number): BenchRow[] {
  const { fields, levels, rest, rows, windows, maxDifference } = benchPhysics(now);
  const note = `${windows.naive} windows by the baseline; they differ by ` +
    `${maxDifference.toPrecision(2)} at most`;
  return [{
    name: "surfaces",
    what: "multi-scale fields of a window, 401 ticks, both sides, p50",
    unit: "ms",
    measured: fields.fast.p50,
    baseline: { what: "cell by cell and neighbour by neighbour", value: fields.naive.p50 },
    reach: { bound: "at most", value: 0.5 },
    note,
  }, {
    name: "surfaces",
    what: `wall, vacuum and physics of a window of ${rows} rows, p50`,
    unit: "ms",
    measured: levels.fast.p50,
    baseline: { what: "dictionaries by side and tick", value: levels.naive.p50 },
    reach: { bound: "at most", value: 0.3 },
    note,
  }, {
    name: "surfaces",
    what: "bands, radar and online calibration of a window, p50",
    unit: "ms",
    measured: rest.p50,
    baseline: null,
    reach: { bound: "at most", value: 0.2 },
    note: `p99 of everything on a band: fields ${fields.fast.p99.toFixed(2)}, levels ` +
      `${levels.fast.p99.toFixed(2)}, these ${rest.p99.toFixed(2)} ms`,
  }];
}
