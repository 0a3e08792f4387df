import { ok, strictEqual } from "node:assert/strict";
import { benchSpectrum } from "./spectrum_bench.ts";

Deno.test("benchSpectrum() times both, and both give the same scores over full windows", () => {
  let clockMs = 0;
  const result = benchSpectrum(() => clockMs++, {
    nTicks: 64,
    activeTicks: 6,
    bins: 80,
    naiveBins: 60,
  });
  strictEqual(result.maxDifference, 0);
  strictEqual(result.bins.incremental, 80);
  ok(result.naive.p50 > 0 && result.incremental.p99 > 0);
});
