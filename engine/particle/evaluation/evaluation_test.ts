import { deepEqual, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_LAB } from "../config.ts";
import { emptyFields } from "../fields/mod.ts";
import { skill } from "../score/mod.ts";
import { world } from "../worlds/mod.ts";
import { type Course, labReport, placeboWorld, runCourse, worldCourse } from "./mod.ts";

const CFG = { ...DEFAULT_LAB, N: 60 };

function reportOf(name: string, n: number) {
  const made = world(name, 11, n);
  return labReport(worldCourse(made, CFG), worldCourse(placeboWorld(made), CFG), CFG, { seed: 1 });
}

Deno.test("labReport() of `flow` has the flow's skill, near its ceiling, and none of the placebo's", () => {
  const { skill, interval, baselines, crps, coverage, placebo, ticks, jumps } = reportOf(
    "flow",
    6_000,
  );
  skill.published.forEach((published, i) => {
    ok(published > 0.92 * baselines.ofi[i]!, `horizon ${i + 1}`);
    ok(published < baselines.ridge[i]! + 0.005, "no more than a line can know");
    const [low, high] = interval.published[i]!;
    ok(low > 0 && low < published && published < high);
    ok(Math.abs(placebo.published[i]!) < 0.002);
    ok(crps.published[i]! > 0.01);
    for (const  of of[coverage.plain, coverage.scaled]) ok(Math.abs(of[i]! - 0.8) < 0.02);
    ok(coverage.low[i]! > 0.74 && coverage.high[i]! < 0.86);
  });
  deepEqual([ticks, jumps], [6_000, 0]);
});

Deno.test("labReport() of `walk` says that there is nothing to say", () => {
  const { skill, interval, crps } = reportOf("walk", 3_000);
  for (const all of [skill.published, crps.published]) {
    ok(all.every((of) => Math.abs(of) < 0.003), String(all));
  }
  ok(interval.published.every(([low, high]) => low <= 0.001 && high >= -0.001));
});

Deno.test("labReport() of `bounce` has a ceiling that knows the last move", () => {
  const { baselines, skill } = reportOf("bounce", 4_000);
  ok(baselines.ridge[0]! > 0.9 * baselines.ar1[0]! && baselines.ar1[0]! > 0.04);
  ok(skill.published[0]! > 0.9 * baselines.ar1[0]!);
});

Deno.test("labReport() is the same every time, and counts leaps", () => {
  const first = reportOf("jumps", 1_500);
  deepEqual(reportOf("jumps", 1_500), first);
  ok(first.jumps > 5 && first.jumps < 25, String(first.jumps));
});

Deno.test("runCourse() scores no forecast by what was not yet known", () => {
  const made = world("revert", 3, 1_000);
  const other = { ...made, spot: made.spot.slice(), ofi: made.ofi.slice() };
  for (let k = 801; k < 1_000; k++) {
    other.spot[k] = 20_000 + (k % 7);
    other.ofi[k] = -made.ofi[k]!;
  }
  const [known, changed] = [made, other].map((each) =>
    runCourse(worldCourse(each, CFG), CFG).horizons[3]!
  );
  const rows = known!.origin.filter((origin) => origin <= 800).length;
  ok(rows > 190);
  for (const name of ["raw", "published", "ar1", "ofi", "variance"] as const) {
    deepEqual(changed![name].slice(0, rows), known![name].slice(0, rows), name);
  }
});

Deno.test("runCourse() leaves out what went missing, and forecasts on a lattice", () => {
  const made = world("flow", 3, 1_500);
  const spot = made.spot.map((price) => Math.round(2 * price) / 2);
  spot.fill(NaN, 900, 905);
  const course: Course = { ...worldCourse(made, CFG), spot };
  const { horizons, ticks } = runCourse(course, CFG, { lattice: 0.5, moveSq: "learned" });
  strictEqual(ticks, 1_495);
  const [{ origin, act, published, pit }] = horizons as [(typeof horizons)[0]];
  ok(origin.every((k) => !Number.isNaN(spot[k]) && !Number.isNaN(spot[k + 1])));
  ok([act, published, pit].every((column) => column.every(Number.isFinite)));
  ok(pit.every((of) => of >= 0 && of <= 1));
  ok(skill(act, published) > 0);
});

Deno.test("placeboWorld() keeps the price and every distance of the features", () => {
  const wall = world("wall", 2, 100);
  const moved = placeboWorld(wall);
  deepEqual(moved.spot, wall.spot);
  const [far, here] = [
    wall.obs![60]!.center - wall.spot[60]!,
    moved.obs![10]!.center - wall.spot[10]!,
  ];
  ok(Math.abs(far - here) < 1e-9);
  const flow = placeboWorld(world("flow", 2, 100));
  strictEqual(flow.ofi[10], world("flow", 2, 100).ofi[60]);
});

Deno.test("runCourse() of an empty medium publishes what its baselines know", () => {
  const { spot, ofi } = world("bounce", 2, 2_000);
  const none = emptyFields(CFG.N);
  const { horizons } = runCourse({ spot, ofi, scalars: [], mediumAt: () => none }, CFG);
  const { act, published, ar1 } = horizons[0]!;
  ok(skill(act, published) > 0.8 * skill(act, ar1));
});
