import { deepEqual, equal, ok } from "node:assert/strict";
import { DEFAULT_LAB } from "../config.ts";
import { detectWalls, type WallObservation, WallSet } from "./mod.ts";
import { BOOK_WALLS, GEX_WALLS } from "./wall_params.ts";

const seen = (center: number, e = 1, r = 0, sigma = 4): WallObservation => ({
  center,
  e,
  r,
  sigma,
});

Deno.test("WallSet.update() saturates where gain and decay balance", () => {
  const set = new WallSet();
  let S = 0;
  for (let k = 0; k < 400; k++) S = set.update(k, 20_000, [seen(20_050)]).walls[0]!.S;
  // The steady state is after the gain of a tick.
  ok(Math.abs(S - 0.8 / (1 - 0.92 + 0.08 * 0.92)) < 1e-9, String(S));
});

Deno.test("WallSet.update() lets an unobserved wall decay by its kind, over gaps too", () => {
  for (const params of [BOOK_WALLS, GEX_WALLS]) {
    const set = new WallSet(params);
    set.update(0, 20_000, [seen(20_050)]);
    const { walls } = set.update(7, 20_000, []);
    ok(Math.abs(walls[0]!.S - 0.8 * params.decay ** 7) < 1e-12);
  }
});

Deno.test("WallSet.update() wears a wall by 39 % where the price crosses it whole", () => {
  const set = new WallSet({ decay: 1 });
  set.update(0, 20_000, [seen(20_050)]);
  const { walls } = set.update(1, 20_100, []);
  ok(Math.abs(walls[0]!.S / 0.8 - Math.exp(-0.5)) < 1e-12);
});

Deno.test("WallSet.update() holds walls at absolute prices while the spot moves", () => {
  const set = new WallSet();
  set.update(0, 20_000, [seen(20_030.5)]);
  equal(set.update(1, 20_007, []).walls[0]!.center, 20_030.5);
});

Deno.test("WallSet.update() merges neighbours into the elder and tells of nothing else", () => {
  const set = new WallSet({ decay: 1, event: 0.01 });
  set.update(0, 20_000, [seen(20_050), seen(20_057)]);
  const { walls, events } = set.update(1, 20_000, [seen(20_051, 1, 1), seen(20_055, 0.5)]);
  equal(walls.length, 2);
  deepEqual(events.map(({ type }) => type), ["thicken", "thicken"]);
  const merged = new WallSet({ decay: 1 });
  const both = merged.update(0, 20_000, [seen(20_050, 1, 0, 4), seen(20_053, 0.5, 0, 4)]);
  deepEqual(both.events, [{ type: "birth", id: 1 }, { type: "merge", id: 1, other: 2 }]);
  const [wall] = both.walls;
  ok(Math.abs(wall!.S - 1.2) < 1e-12);
  ok(Math.abs(wall!.center - 20_051) < 1e-9); // weights 2 : 1
  ok(Math.abs(wall!.sigma - Math.sqrt(16 + 2)) < 1e-9);
});

Deno.test("WallSet.update() expires what is weak or old and evicts the weakest beyond its cap", () => {
  const set = new WallSet({ cap: 2, maxAge: 3 });
  const { events } = set.update(0, 20_000, [
    seen(20_020, 0.5),
    seen(20_040, 0.5),
    seen(20_060, 0.9),
  ]);
  deepEqual(events, [{ type: "birth", id: 1 }, { type: "evict", id: 2 }, { type: "birth", id: 3 }]);
  deepEqual(set.update(4, 20_000, []).events.map(({ type }) => type), ["expire", "expire"]);
});

Deno.test("WallSet.update() leaves out observations that are not finite", () => {
  const set = new WallSet();
  const { walls } = set.update(0, 20_000, [seen(NaN), seen(20_010, NaN), seen(20_020)]);
  equal(walls.length, 1);
  equal(set.badObservations, 2);
});

Deno.test("WallSet.restore() goes on as if it had not been interrupted", () => {
  const [whole, first] = [new WallSet(), new WallSet()];
  const drift = (k: number) => [seen(20_030 + k / 3, 0.6 + 0.02 * k), seen(19_960, 0.5, -0.5)];
  for (let k = 0; k < 10; k++) {
    for (const set of [whole, first]) set.update(k, 20_000 + 3 * k, drift(k));
  }
  const restored = new WallSet();
  restored.restore(structuredClone(first.save()));
  for (let k = 10; k < 20; k++) {
    const update = (set: WallSet) => set.update(k, 20_000 + 3 * k, drift(k));
    deepEqual(update(restored), update(whole));
  }
});

Deno.test("detectWalls() finds centre and width of a Gaussian, and its reinforcement there", () => {
  const cfg = { ...DEFAULT_LAB, N: 60 };
  const evidence = Float64Array.from({ length: 121 }, (_, i) => {
    const x = (i - 60) * 2;
    return 0.9 * Math.exp(-0.5 * ((x - 21) / 6) ** 2) + 0.8 * Math.exp(-0.5 * ((x + 50) / 9) ** 2);
  });
  const found = detectWalls(evidence, 1_000, cfg, BOOK_WALLS, (x) => x / 100);
  deepEqual(found.map(({ center }) => Math.round(center * 2) / 2), [950, 1_021]);
  ok(Math.abs(found[1]!.sigma - 6) < 0.5);
  ok(Math.abs(found[1]!.r - 0.21) < 0.005);
});

Deno.test("detectWalls() sees no wall in a flat profile, nor in a low or faint peak", () => {
  const cfg = { ...DEFAULT_LAB, N: 10 };
  const flat = (level: number, peak: number) =>
    Float64Array.from({ length: 21 }, (_, i) => i > 7 && i < 13 ? peak : level);
  for (const profile of [flat(0.9, 0.9), flat(0, 0.3), flat(0.8, 0.85)]) {
    deepEqual(detectWalls(profile, 1_000, cfg, BOOK_WALLS), []);
  }
  equal(detectWalls(flat(0, 0.5), 1_000, cfg, BOOK_WALLS).length, 1);
});
