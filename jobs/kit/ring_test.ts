import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { Ring } from "./ring.ts";

Deno.test("Ring equals the tail of a list, for any pushes and clears", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.constantFrom("push", "push", "push", "clear"), { maxLength: 40 }),
      (capacity, steps) => {
        const ring = new Ring<number>(capacity);
        const all: number[] = [];
        let cleared = 0;
        for (const step of steps) {
          if (step === "push") {
            strictEqual(ring.push(all.length * 10), all.length);
            all.push(all.length * 10);
          } else {
            ring.clear();
            cleared = all.length;
          }
          const start = Math.max(cleared, all.length - capacity);
          deepStrictEqual([ring.start, ring.end], [start, all.length]);
          for (let i = -1; i <= all.length; i++) {
            strictEqual(ring.at(i), i >= start ? all[i] : undefined);
          }
        }
      },
    ),
    { seed: 20_261_121, numRuns: 200 },
  );
});

Deno.test("Ring refuses a capacity that holds nothing", () => {
  for (const capacity of [0, -1, 1.5, NaN]) throws(() => new Ring(capacity), RangeError);
});
