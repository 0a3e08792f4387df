import { deepEqual } from "node:assert/strict";
import { benchLab } from "./lab_bench.ts";

Deno.test("benchLab() times ticks and clouds", () => {
  let clockMs = 0;
  const times = benchLab(() => clockMs++, { ticks: 3, warm: 2, clouds: 2 });
  deepEqual(times, { tick: { p50: 1, p99: 1 }, cloud: { p50: 1, p95: 1 } });
});
