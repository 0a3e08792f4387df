import { equal, ok } from "node:assert/strict";
import { benchMboDecode } from "./mbo_bench.ts";

Deno.test("benchMboDecode() reads the same fields as the DataView and BigInt baseline", () => {
  let ms = 0;
  const bench = benchMboDecode(20_000, () => ms += 10);
  equal(bench.checksum, bench.baselineChecksum);
  ok(bench.checksum !== 0);
  equal(bench.recordsPerSecond, 16_384 * 100);
});
