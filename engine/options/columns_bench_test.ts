import { ok, strictEqual } from "node:assert/strict";
import { benchColumns } from "./columns_bench.ts";

Deno.test("benchColumns() times both ways, which agree; every price off its bounds is solved", () => {
  let clockMs = 0;
  const result = benchColumns(() => clockMs++, { contracts: 1_000, rounds: 3, naiveRounds: 2 });
  ok(result.maxDifferenceUsd < 5e-13, `${result.maxDifferenceUsd}`);
  strictEqual(result.solved + result.onBound, 1_000);
  ok(result.onBound < 10 && result.naiveSolved > 980);
  strictEqual(result.greeks.perSecond, 1_000_000);
  strictEqual(result.implied.naivePerSecond, 1_000_000);
});
