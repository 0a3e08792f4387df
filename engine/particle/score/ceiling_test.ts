import { deepEqual, ok, strictEqual, throws } from "node:assert/strict";
import { normals } from "../cloud/mod.ts";
import { LabError } from "../error.ts";
import { world } from "../worlds/mod.ts";
import {
  absoluteErrorRatio,
  hitRate,
  lineOf,
  placebo,
  realityCheck,
  ridgeCeiling,
  skill,
  skillByGroup,
  TERCILE,
  tercilesOf,
} from "./mod.ts";

const H = 4;

/** Outcomes and forecasts of one horizon from tick 600 on. */
function pairs(spot: Float64Array, forecasts: Float64Array, h: number) {
  const origins = Array.from({ length: spot.length - 600 - h }, (_, i) => 600 + i);
  return {
    act: origins.map((k) => spot[k + h]! - spot[k]!),
    pred: origins.map((k) => forecasts[k]!),
  };
}

function skillsOf(spot: Float64Array, columns: readonly Float64Array[]): readonly number[] {
  return ridgeCeiling(columns, spot, { H }).map((forecasts, i) => {
    const { act, pred } = pairs(spot, forecasts, i + 1);
    return skill(act, pred);
  });
}

Deno.test("ridgeCeiling() finds what a line can know of a world, and nothing in a walk", () => {
  const revert = world("revert", 11, 6_000);
  const skills = skillsOf(revert.spot, [revert.ofi, revert.anchor]);
  ok(skills[3]! > 0.09 && skills[3]! < 0.15, String(skills));
  const walk = world("walk", 11, 6_000);
  ok(skillsOf(walk.spot, [walk.ofi, walk.anchor]).every((of) => Math.abs(of) < 0.006));
});

Deno.test("ridgeCeiling() of a placebo knows nothing", () => {
  const { spot, ofi } = world("flow", 11, 6_000);
  ok(skillsOf(spot, [ofi])[1]! > 0.03);
  ok(Math.abs(skillsOf(spot, [placebo(ofi)])[1]!) < 0.005);
});

Deno.test("ridgeCeiling() learns from nothing that ends after the purge", () => {
  const { spot, ofi } = world("flow", 5, 2_000);
  const known = ridgeCeiling([ofi], spot, { H, purge: 10, warm: 600, refit: 300 });
  const later = spot.slice();
  later.fill(0.5, 1_200 - 10 + H); // the last origin, 1,189, has its farthest target at 1,193
  const blind = ridgeCeiling([ofi], later, { H, purge: 10, warm: 600, refit: 300 });
  known.forEach((column, i) => deepEqual(column.slice(0, 1_500), blind[i]!.slice(0, 1_500)));
  throws(() => ridgeCeiling([ofi], spot, { H, purge: 3 }), LabError);
  throws(() => ridgeCeiling([ofi.subarray(1)], spot, { H }), LabError);
});

Deno.test("ridgeCeiling() forecasts 0 where a feature is missing, and learns over gaps and leaps", () => {
  const { spot, ofi } = world("flow", 5, 3_000);
  const [holed, gaps] = [ofi.slice(), spot.slice()];
  holed[1_500] = NaN;
  gaps.fill(NaN, 700, 800);
  for (let k = 2_000; k < 3_000; k++) gaps[k]! += 5_000;
  const [first] = ridgeCeiling([holed], gaps, { H });
  strictEqual(first![1_500], 0);
  ok(first!.every(Number.isFinite));
  const whole = ridgeCeiling([ofi], spot, { H })[0]!;
  ok(Math.abs(first![2_900]! - whole[2_900]!) < 0.1);
});

Deno.test("placebo() keeps the values and moves them by half", () => {
  deepEqual([...placebo([1, 2, 3, 4, 5])], [3, 4, 5, 1, 2]);
});

Deno.test("realityCheck() finds skill among settings, and luck without skill rarely passes", () => {
  const n = 1_000;
  const act = Float64Array.from({ length: n }, (_, i) => normals(1, i, 9)[0]!);
  const walk = act.map((moved) => moved ** 2);
  const lucky = (setting: number) =>
    act.map((moved, i) => (moved - 0.1 * normals(setting, i, 77)[1]!) ** 2);
  let passed = 0;
  for (let seed = 0; seed < 20; seed++) {
    const errors = Array.from({ length: 16 }, (_, setting) => lucky(1_000 * seed + setting));
    const { p, best, skill: found } = realityCheck(errors, walk, { L: 20, B: 200, seed });
    ok(best >= 0 && best < 16 && Number.isFinite(found));
    if (p < 0.05) passed++;
  }
  ok(passed <= 2, `${passed} of 20`);
  const good = act.map((moved, i) => (moved - 0.3 * (moved + normals(5, i, 3)[0]!)) ** 2);
  const { best, p } = realityCheck([lucky(1), good, lucky(2)], walk, { L: 20, B: 200, seed: 1 });
  strictEqual(best, 1);
  ok(p < 0.02);
  deepEqual(realityCheck([[0, 0]], [0, 0], { seed: 1 }), { best: 0, skill: 0, p: 1 });
  throws(() => realityCheck([], [1], { seed: 1 }), LabError);
});

Deno.test("hitRate() judges moves of half a tick and more", () => {
  const { rate, base, judged } = hitRate([1, 0.4, -1, 2, 1], [0.1, -1, 0.1, 0, 3]);
  deepEqual([rate, base, judged], [0.5, 0.75, 4]);
});

Deno.test("lineOf() tells timid forecasts from bold ones", () => {
  const pred = [-1, 0, 1, 2];
  deepEqual(lineOf(pred.map((x) => 2 * x + 1), pred), { slope: 2, intercept: 1, r2: 1 });
  deepEqual(lineOf([1, 1], [2, 3]), { slope: 0, intercept: 1, r2: 0 });
  strictEqual(absoluteErrorRatio([1, -2], [0.5, -1]), 0.5);
});

Deno.test("skillByGroup() finds the group that the skill is in", () => {
  const n = 900;
  const act = Float64Array.from({ length: n }, (_, i) => normals(1, i, 4)[0]!);
  const volatility = act.map((_, i) => (i * 37) % n);
  const thirds = tercilesOf(volatility);
  const pred = act.map((moved, i) => thirds[i] === TERCILE.high ? 0.5 * moved : 0);
  const groups = skillByGroup(act, pred, thirds, { L: 20, B: 200, seed: 1 });
  const [low, high] = [groups.get(TERCILE.low)!, groups.get(TERCILE.high)!];
  deepEqual([low.count, low.skill, high.count], [300, 0, 300]);
  ok(Math.abs(high.skill - 0.75) < 1e-9 && high.interval[0] > 0.7);
  const day = act.map((_, i) => i < 450 ? 0 : 1);
  deepEqual([
    ...skillByGroup(act, pred, Array.from(day, (part) => ["open", "close"][part]), {
      B: 20,
      seed: 1,
    }).keys(),
  ], ["open", "close"]);
  throws(() => skillByGroup(act, pred, [1], { seed: 1 }), LabError);
});
