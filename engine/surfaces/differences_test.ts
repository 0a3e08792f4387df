import { deepEqual } from "node:assert/strict";
import { Differences } from "./differences.ts";

const firstOf = (differences: Differences) =>
  [differences.d1, differences.d2, differences.d3].map((values) => [...values]);

Deno.test("Differences.take() belongs to the absolute tick while the band moves", () => {
  const differences = new Differences(3);
  differences.take(100, Float64Array.of(1, 2, 3)); // ticks 99, 100, 101
  deepEqual(firstOf(differences), [[0, 0, 0], [0, 0, 0], [0, 0, 0]]);
  differences.take(101, Float64Array.of(5, 3, 9)); // ticks 100, 101, 102
  deepEqual(firstOf(differences), [[3, 0, 0], [3, 0, 0], [3, 0, 0]]);
  differences.take(101, Float64Array.of(4, 3, 11));
  deepEqual(firstOf(differences), [[-1, 0, 2], [-4, 0, 2], [-7, 0, 2]]);
});

Deno.test("Differences.take() starts anew after a window without a spot", () => {
  const differences = new Differences(1);
  differences.take(100, Float64Array.of(1));
  differences.take(0, Float64Array.of(0));
  differences.take(100, Float64Array.of(7));
  deepEqual(firstOf(differences), [[0], [0], [0]]);
});

Deno.test("Differences.restore() goes on as if it had not been interrupted", () => {
  const whole = new Differences(3);
  const first = new Differences(3);
  for (const differences of [whole, first]) {
    differences.take(50, Float64Array.of(1, 4, 2));
    differences.take(51, Float64Array.of(2, 2, 8));
  }
  const restored = new Differences(3);
  restored.restore(structuredClone(first.save()));
  for (const differences of [whole, restored]) differences.take(50, Float64Array.of(3, 1, 1));
  deepEqual(firstOf(restored), firstOf(whole));
});
