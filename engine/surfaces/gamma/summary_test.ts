import { deepEqual } from "node:assert/strict";
import { GexSurface } from "./gex_surface.ts";
import { clearSummary, emptySummary, takeWalls } from "./summary.ts";

/** A surface around 6950 with exposure at some strikes: calls, puts. */
function wallsOf(futureInt: number, exposure: Readonly<Record<number, readonly [number, number]>>) {
  const surface = new GexSurface();
  surface.count = 25;
  for (let slot = 0; slot < 25; slot++) {
    const strike = 6_890 + 5 * slot;
    const [call, put] = exposure[strike] ?? [0, 0];
    surface.strikeInt[slot] = strike * 1e9;
    surface.gexCallAbs[slot] = call;
    surface.gexPutAbs[slot] = put;
    surface.gexAbs[slot] = call + put;
  }
  const summary = emptySummary();
  clearSummary(summary, 1);
  takeWalls(summary, surface, futureInt);
  const { callWallStrikeInt, putWallStrikeInt, maxAbsStrikeInt, gexTilt } = summary;
  const strikes = [callWallStrikeInt, putWallStrikeInt, maxAbsStrikeInt].map((int) => int / 1e9);
  return [...strikes, Math.round(gexTilt * 1e3)];
}

Deno.test("takeWalls() takes calls at or above the future, puts at or below it, and the tilt between", () => {
  deepEqual(
    wallsOf(6_951e9, { 6_940: [900, 5], 6_945: [0, 9], 6_955: [7, 0], 6_960: [6, 990] }),
    [6_955, 6_945, 6_960, 46],
  );
  deepEqual(wallsOf(6_950e9, { 6_950: [3, 2] }), [6_950, 6_950, 6_950, 0]);
});

Deno.test("takeWalls() takes of equal strikes the nearest to the future, then the lower; none of nothing", () => {
  const rows = { 6_900: [0, 4], 6_940: [0, 4], 6_960: [4, 0], 6_980: [4, 0] } as const;
  deepEqual(wallsOf(6_950e9, rows), [6_960, 6_940, 6_940, 0]);
  deepEqual(wallsOf(6_951e9, rows), [6_960, 6_940, 6_960, 0]);
  deepEqual(wallsOf(6_949e9, rows), [6_960, 6_940, 6_940, 0]);
  deepEqual(wallsOf(6_950e9, {}), [NaN, NaN, NaN, 0]);
});
