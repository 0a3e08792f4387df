import { deepEqual } from "node:assert/strict";
import { resampledRatios } from "./mod.ts";

Deno.test("resampledRatios() draws whole blocks round the end and cuts the last one", () => {
  const asked: string[] = [];
  const starts = [4, 1, 0];
  const startOf = (resample: number, block: number) => {
    asked.push(`${resample}.${block}`);
    return starts[block]!;
  };
  const [ratio] = resampledRatios([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], {
    block: 2,
    resamples: 1,
    startOf,
  });
  deepEqual(asked, ["0.0", "0.1", "0.2"]);
  deepEqual(ratio, (5 + 1 + 2 + 3 + 1) / 5, "rows 4 and 0, 1 and 2, 0");
});

Deno.test("resampledRatios() leaves out resamples without a denominator, and holds the block to n", () => {
  const plan = { block: 9, resamples: 3, startOf: (resample: number) => resample };
  deepEqual([...resampledRatios([3, 6, 9], [1, 1, 1], plan)], [6, 6, 6]);
  const single = { ...plan, block: 1, startOf: (resample: number) => resample % 2 };
  deepEqual([...resampledRatios([3, 6], [0, 2], single)], [3]);
});
