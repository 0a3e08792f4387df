import { ok, strictEqual } from "node:assert/strict";
import { roundLots } from "./round_lots.ts";

const DRAWS = 1_000;

function shareOfMultiples(lots: number, unit: number): number {
  let found = 0;
  for (let i = 0; i < DRAWS; i++) if (roundLots(lots, (i + 0.5) / DRAWS) % unit === 0) found++;
  return found / DRAWS;
}

Deno.test("roundLots() clusters at hundreds and tens and leaves small sizes alone", () => {
  ok(shareOfMultiples(437, 100) >= 0.12);
  ok(shareOfMultiples(437, 10) >= 0.3);
  ok(shareOfMultiples(17, 10) >= 0.15);
  ok(shareOfMultiples(437, 10) < 0.6, "not everybody rounds");
  for (let lots = 1; lots < 10; lots++) strictEqual(shareOfMultiples(lots, lots), 1);
});

Deno.test("roundLots() is never more than what was wanted, and never nothing", () => {
  for (const lots of [1, 9, 10, 11, 49, 99, 100, 101, 2_345]) {
    for (let i = 0; i < DRAWS; i++) {
      const size = roundLots(lots, i / DRAWS);
      ok(size >= 1 && size <= lots && size > lots / 2, `${lots}: ${size}`);
    }
  }
});
