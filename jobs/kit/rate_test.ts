import { strictEqual } from "node:assert/strict";
import { Rate } from "./rate.ts";

Deno.test("Rate is the slope of the total over its window", () => {
  const rate = new Rate(3_000);
  strictEqual(rate.update(0, 100), 0);
  strictEqual(rate.update(1_000, 110), 10);
  strictEqual(rate.update(2_000, 120), 10);
  for (let s = 3; s <= 20; s++) rate.update(s * 1_000, 120 + (s - 2) * 50);
  strictEqual(rate.update(21_000, 120 + 19 * 50), 50);
});

Deno.test("Rate is 0 at a standstill, after a step back and at one instant", () => {
  const rate = new Rate();
  rate.update(0, 100);
  strictEqual(rate.update(0, 200), 0);
  strictEqual(rate.update(1_000, 50), 0);
  rate.reset();
  strictEqual(rate.update(2_000, 900), 0);
  strictEqual(rate.update(3_000, 901), 1);
});
