import { deepEqual } from "node:assert/strict";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { benchTap } from "./tap_bench.ts";
import { BASE_NS, CRUDE_OIL, readSample } from "./testing/sample_rig.ts";

sampleTest("benchTap() times passes with and without the tap", (dir) => {
  let clockMs = 0;
  const result = benchTap(() => clockMs++, readSample(dir, 600), BASE_NS, CRUDE_OIL, 1);
  deepEqual(result, { plain: 1, tapped: 1, ticks: 108 });
});
