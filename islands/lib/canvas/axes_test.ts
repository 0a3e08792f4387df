import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { placePlates } from "./level_axis.ts";
import { multiples, niceCeiling, rowStep, timeStepMs } from "./steps.ts";

Deno.test("axis steps leave room for their labels", () => {
  for (const msPerPx of [1, 7, 50, 400]) ok(timeStepMs(msPerPx, 80) / msPerPx >= 80);
  for (const rowPx of [1, 3, 7, 40]) ok(rowStep(rowPx, 36) * rowPx >= 36);
  deepStrictEqual([0.3, 1, 3, 70, 0].map(niceCeiling), [0.5, 1, 5, 100, 1]);
  deepStrictEqual(multiples(5, -6, 10), [-5, 0, 5, 10]);
  deepStrictEqual(multiples(5, 11, 14), []);
});

Deno.test("placePlates() never lets ask, spot and bid overlap, and spot stays where it is", () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 660 }), fc.nat(10), (y, half) => {
      const marks = [y - half, y, y + half].map((at, i) => ({ y: at, strong: i === 1 }));
      const at = placePlates(marks, 16, 700);
      strictEqual(at[1], y);
      ok(at[1]! - at[0]! >= 16 && at[2]! - at[1]! >= 16);
    }),
    { seed: 20_260_206, numRuns: 200 },
  );
});
