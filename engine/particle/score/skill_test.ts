import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { LabError } from "../error.ts";
import { normals } from "../cloud/mod.ts";
import { dieboldMariano, skill, skillInterval } from "./mod.ts";

/** Moves of unit variance of which a share of the variance was foretold. */
function sample(n: number, share: number, seed: number) {
  const act = new Float64Array(n);
  const pred = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [known = 0, unknown = 0] = normals(1, i, seed);
    pred[i] = Math.sqrt(share) * known;
    act[i] = pred[i]! + Math.sqrt(1 - share) * unknown;
  }
  return { act, pred };
}

Deno.test("skill() is 1 of a perfect forecast, 0 of none, below 0 of a wrong one", () => {
  strictEqual(skill([1, -2], [1, -2]), 1);
  strictEqual(skill([1, -2], [0, 0]), 0);
  strictEqual(skill([1, -2], [-1, 2]), -3);
  strictEqual(skill([0, 0], [1, 0]), 0, "nothing moved");
  throws(() => skill([1], []), LabError);
});

Deno.test("skillInterval() holds the true skill about as often as it says", () => {
  let held = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { act, pred } = sample(600, 0.1, seed);
    const [low, high] = skillInterval(act, pred, { L: 10, B: 200, seed });
    if (low <= 0.1 && high >= 0.1) held++;
  }
  ok(held >= 86 && held <= 99, `${held} of 100 intervals hold it`);
});

Deno.test("skillInterval() depends on its seed alone", () => {
  const { act, pred } = sample(500, 0.05, 3);
  const of = (seed: number) => skillInterval(act, pred, { B: 200, seed });
  deepStrictEqual(of(1), of(1));
  ok(of(1)[0] !== of(2)[0]);
  ok(skillInterval([0, 0], [0, 0], { B: 5, seed: 1 }).every(Number.isNaN), "nothing moved");
  throws(() => skillInterval([], [], { seed: 1 }), LabError);
});

Deno.test("dieboldMariano() rejects equal accuracy rarely when it is so, surely when it is not", () => {
  let rejected = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { act, pred } = sample(400, 0.02, seed);
    const noise = sample(400, 1, seed + 10_000).act;
    // As much noise as signal: what it foretells it spoils, so its expected error is the walk's.
    const useless = noise.map((value, i) => pred[i]! + Math.sqrt(0.02) * value);
    if (Math.abs(dieboldMariano(act, useless, 1).t) > 1.96) rejected++;
  }
  ok(rejected >= 2 && rejected <= 22, `${rejected} of 200`);
  const { act, pred } = sample(2_000, 0.1, 7);
  ok(dieboldMariano(act, pred, 1).t > 5);
  strictEqual(dieboldMariano(act, pred, 1).lag, 12, "cube root of 2,000");
  strictEqual(dieboldMariano(act.subarray(0, 1_000), pred.subarray(0, 1_000), 1).lag, 10);
  strictEqual(dieboldMariano(act, pred, 30).lag, 29);
});
