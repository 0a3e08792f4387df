import { equal } from "node:assert/strict";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { benchWindows } from "./windows_bench.ts";

sampleTest("benchWindows() times both ways over the same windows, which agree", (dir) => {
  const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
  let clockMs = 0;
  const few = { passes: 1, turns: 1, naiveRecords: 500 };
  const result = benchWindows(() => clockMs++, bytes, 10_000_000, few);
  equal(result.recordsPerSecond, 38_212_000);
  equal(result.naiveRecordsPerSecond, 500_000);
});
