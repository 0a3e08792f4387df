import { ok, strictEqual } from "node:assert/strict";
import { autocorrelation, deviation, excessKurtosis, mean } from "../realism/series.ts";
import { strayInside, writeBridge } from "./bridge.ts";
import { fatTailed } from "./fat_tails.ts";
import { extend, prefix, toNormal } from "./hash.ts";

const WALKS = 2_000;
const STEPS = 60;

function near(name: string, value: number, wanted: number, within: number): void {
  ok(Math.abs(value - wanted) <= within, `${name} is ${value}, not ${wanted} ± ${within}`);
}

/** Points of a walk, its end included. */
function walk(state: number, total: number, overshoot = 0): Float64Array {
  const out = new Float64Array(STEPS + 1);
  writeBridge(out, 0, STEPS, state, total, Math.sqrt(STEPS), overshoot);
  out[STEPS] = total;
  return out;
}

/** Steps of many walks one after the other, to ends that vary as free walks do. */
function steps(overshoot = 0): Float64Array {
  const out = new Float64Array(WALKS * STEPS);
  for (let w = 0; w < WALKS; w++) {
    const state = prefix(7, w);
    const points = walk(state, Math.sqrt(STEPS) * toNormal(extend(state, 9_999)), overshoot);
    for (let k = 0; k < STEPS; k++) {
      out[w * STEPS + k] = (points[k + 1] ?? 0) - (points[k] ?? 0);
    }
  }
  return out;
}

Deno.test("writeBridge() starts at 0 and arrives: another end tilts the same walk", () => {
  const state = prefix(1, 2);
  const [zero, far] = [walk(state, 0), walk(state, 120)];
  strictEqual(far[0], 0);
  zero.forEach((place, k) => near(`step ${k}`, (far[k] ?? 0) - place, 2 * k, 1e-9));
  ok(deviation(zero) > 1, "it strays");
  ok(walk(prefix(1, 3), 0).some((place, k) => place !== zero[k]), "another state, another walk");
});

Deno.test("writeBridge() writes at its place and nowhere else", () => {
  const out = new Float64Array(10).fill(-1);
  writeBridge(out, 3, 4, prefix(5), 8, 1);
  strictEqual(out[3], 0);
  for (const at of [0, 1, 2, 7, 8, 9]) strictEqual(out[at], -1);
});

Deno.test("writeBridge() to a free walk's ends tells nothing of the next step", () => {
  const all = steps();
  near("variance", deviation(all) ** 2, 1, 0.03);
  near("autocorrelation", autocorrelation(all, 1), 0, 0.01);
  let same = 0;
  for (let i = 1; i < all.length; i++) if ((all[i] ?? 0) * (all[i - 1] ?? 0) > 0) same++;
  near("same sign", same / all.length, 0.5, 0.01);
  ok(excessKurtosis(all) > 2, "fat tails");
});

Deno.test("writeBridge() with an overshoot has larger steps that turn back, to the same ends", () => {
  const all = steps(0.1);
  near("variance", deviation(all) ** 2, 1.2, 0.05);
  near("autocorrelation", autocorrelation(all, 1), -0.026, 0.012);
  const state = prefix(1, 2);
  const [zero, far] = [walk(state, 0, 0.1), walk(state, 120, 0.1)];
  zero.forEach((place, k) => near(`step ${k}`, (far[k] ?? 0) - place, 2 * k, 1e-9));
});

/** Midpoints displaced into a table of nine points. */
function straysNaively(state: number): number[] {
  const points = new Array<number>(9).fill(0);
  let node = 1;
  for (let width = 8, size = 0.5; width > 1; width /= 2, size /= Math.sqrt(2)) {
    for (let left = 0; left < 8; left += width, node++) {
      const middle = ((points[left] ?? 0) + (points[left + width] ?? 0)) / 2;
      points[left + width / 2] = middle + size * fatTailed(extend(state, node));
    }
  }
  return points;
}

Deno.test("strayInside() is a walk's stray: 0 at both ends, like a table of midpoints between", () => {
  const halves: number[] = [];
  for (let w = 0; w < 3_000; w++) {
    const state = prefix(3, w);
    const points = straysNaively(state);
    for (const eighth of [0, 1, 2, 3, 4, 5, 6, 7]) {
      near(`eighth ${eighth}`, strayInside(state, eighth / 8), points[eighth] ?? NaN, 1e-12);
      const between = ((points[eighth] ?? 0) + (points[eighth + 1] ?? 0)) / 2;
      near(`after ${eighth}`, strayInside(state, eighth / 8 + 1 / 16), between, 1e-12);
    }
    halves.push(strayInside(state, 0.5));
  }
  near("deviation at the middle", deviation(halves), 0.5, 0.03);
});

Deno.test("fatTailed() has mean 0, variance 1, fat tails and a bound", () => {
  const all = Float64Array.from({ length: 200_000 }, (_, i) => fatTailed(prefix(11, i)));
  near("mean", mean(all), 0, 0.01);
  near("variance", deviation(all) ** 2, 1, 0.02);
  near("excess kurtosis", excessKurtosis(all), 4, 0.6);
  ok(all.every((value) => Math.abs(value) < 6.7));
});
