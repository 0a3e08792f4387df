import fc from "fast-check";
import { strictEqual, throws } from "node:assert/strict";
import { percentile } from "./percentile.ts";
import { SlidingQuantiles } from "./sliding_quantiles.ts";

/** Many ties, and doubles of every size whose differences round. */
const values = fc.array(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
    fc.double({ noNaN: true, min: -1, max: 1 }),
  ),
  { minLength: 1, maxLength: 160, size: "max" },
);

Deno.test("SlidingQuantiles equals sorting the window to the last bit", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 130 }), (stream, capacity) => {
      const window = new SlidingQuantiles(capacity);
      stream.forEach((x, i) => {
        window.push(x);
        const newest = stream.slice(Math.max(0, i + 1 - capacity), i + 1);
        const median = naiveMedian(newest);
        const mad = naiveMedian(newest.map((y) => Math.abs(y - median)));
        strictEqual(window.count, newest.length);
        strictEqual(window.median() + 0, median + 0);
        strictEqual(window.mad(), mad);
        strictEqual(window.quantile(0), Math.min(...newest) + 0);
        strictEqual(window.quantile(1), Math.max(...newest) + 0);
      });
    }),
    { seed: 20_260_104, numRuns: 300 },
  );
});

Deno.test("SlidingQuantiles.robustZ() divides at its smallest scale, not below", () => {
  const window = new SlidingQuantiles(5);
  for (const x of [0, 1, 2, 3, 4]) window.push(x);
  strictEqual(window.robustZ(4, 1e-12), 2 / 1.4826);
  strictEqual(window.robustZ(4, 1.4826), 2 / 1.4826);
  strictEqual(window.robustZ(4, 1.5), 0);
});

Deno.test("SlidingQuantiles is NaN when empty, refuses NaN and bad capacities", () => {
  const window = new SlidingQuantiles(3);
  for (const read of [() => window.median(), () => window.mad(), () => window.quantile(0.5)]) {
    strictEqual(read(), NaN);
  }
  strictEqual(window.robustZ(1, 1e-12), 0);
  throws(() => window.push(NaN), RangeError);
  for (const bad of [0, 1.5, -1, NaN]) throws(() => new SlidingQuantiles(bad), RangeError);
  window.push(4);
  window.reset();
  strictEqual(window.median(), NaN);
});

Deno.test("percentile() is linear between order statistics", () => {
  const sample = [
    892.6,
    7444.8,
    9825.9,
    6401.7,
    9617.4,
    3151.8,
    3862.0,
    7095.9,
    6564.7,
    5323.6,
    5733.5,
  ];
  strictEqual(percentile(sample, 50), 6401.7);
  strictEqual(percentile(sample, 95), 9721.65);
  strictEqual(percentile(sample, 99), 9805.05);
  strictEqual(percentile([3], 99), 3);
  strictEqual(percentile([], 50), NaN);
  strictEqual(sample[0], 892.6);
});

function naiveMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
