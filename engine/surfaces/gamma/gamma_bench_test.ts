import { equal, ok } from "node:assert/strict";
import { benchGamma } from "./gamma_bench.ts";

Deno.test("benchGamma() times both ways, which agree", () => {
  let clockMs = 0;
  const result = benchGamma(() => clockMs++, { windows: 2, rounds: 3 });
  equal(result.options, 122);
  ok(result.largestMiss < 1e-6, `${result.largestMiss}`);
  equal(result.perSecond, 2_000);
  equal(result.naivePerSecond, 1_000);
});
