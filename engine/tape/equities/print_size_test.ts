import { ok } from "node:assert/strict";
import { blockShares, MEAN_BLOCK } from "./print_size.ts";

const STEPS = 100_000;

Deno.test("blockShares() gives whole lots, more of them the larger the uniform, up to a million", () => {
  let before = 0;
  let sum = 0;
  let larger = 0;
  for (let i = 0; i < STEPS; i++) {
    const shares = blockShares((i + 0.5) / STEPS);
    ok(shares % 100 === 0 && shares >= before, `${shares} after ${before}`);
    before = shares;
    sum += shares;
    if (shares > 60_000) larger++;
  }
  ok(blockShares(0) === 2_000 && before > 990_000 && before <= 1_000_000, `up to ${before}`);
  ok(Math.abs(larger / STEPS - 0.12) < 0.001, `share above 60,000: ${larger / STEPS}`);
  ok(Math.abs(sum / STEPS / MEAN_BLOCK - 1) < 0.001, `mean ${sum / STEPS}, not ${MEAN_BLOCK}`);
});
