import { benchLab } from "../../engine/particle/evaluation/lab_bench.ts";
import type { BenchRow } from "./row.ts";

/** Instruments that one worker follows. */
const INSTRUMENTS = 64;

/** Times the particle lab: a tick of one instrument and of many, and a cloud. */
export function labRows(now: () => number): BenchRow[] {
  const { tick, cloud } = benchLab(now);
  const row = { name: "lab", unit: "ms", baseline: null };
  return [{
    ...row,
    what: "a tick of the lab on 401 nodes with every producer, p99",
    measured: tick.p99,
    reach: { bound: "at most", value: 0.5 },
    note: `p50 ${tick.p50.toFixed(3)} ms`,
  }, {
    ...row,
    what: `a tick of ${INSTRUMENTS} instruments, p50`,
    measured: INSTRUMENTS * tick.p50,
    reach: { bound: "at most", value: 16 },
    note: `${INSTRUMENTS} times that of one`,
  }, {
    ...row,
    what: "a cloud of 1,000 particles over 20 sub-steps, p50",
    measured: cloud.p50,
    reach: { bound: "at most", value: 5 },
    note: `p95 ${cloud.p95.toFixed(2)} ms`,
  }];
}
