import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { GRID } from "../canvas/grid.ts";
import { LADDER, PLANE } from "./cell_planes.ts";
import { HISTORY_WINDOWS, SurfaceStore } from "./surface_store.ts";
import { emptyWindow, putVelocity } from "./testing/drawn_surfaces.ts";

const FIRST_S = 1_767_709_801;

Deno.test("SurfaceStore.push() keeps half an hour, each second at the tick of its own spot", () => {
  const store = new SurfaceStore();
  const count = HISTORY_WINDOWS + 500;
  for (let i = 0; i < count; i++) {
    const window = emptyWindow(FIRST_S + i, 27_000 + i);
    putVelocity(window, 27_000 + i + 3, i);
    store.push(window);
  }
  deepStrictEqual([store.first, store.last], [FIRST_S + 500, FIRST_S + count - 1]);
  for (let i = 500; i < count; i++) {
    strictEqual(store.cell(FIRST_S + i, PLANE.VELOCITY, 27_000 + i + 3), i);
    ok(Number.isNaN(store.cell(FIRST_S + i, PLANE.VELOCITY, 27_000 + i + 2)));
  }
  ok(!store.has(FIRST_S + 499) && Number.isNaN(store.spot(FIRST_S + 499)));
});

Deno.test("SurfaceStore tells seconds that did not come, those that are on their way, and bad ones", () => {
  const store = new SurfaceStore();
  store.push(emptyWindow(FIRST_S, 27_000));
  store.push(emptyWindow(FIRST_S + 4, 27_000));
  store.push({ ...emptyWindow(FIRST_S + 5, 27_000), isBookValid: false });
  store.push({ ...emptyWindow(FIRST_S + 6, 27_000), quality: 4 });
  store.push(emptyWindow(FIRST_S + 7, 0));
  const kinds = () => Array.from({ length: 8 }, (_, i) => store.kind(FIRST_S + i));
  const { GAP, SOUND, SUSPECT } = GRID;
  deepStrictEqual(kinds(), [SOUND, GAP, GAP, GAP, SOUND, SUSPECT, SUSPECT, SUSPECT]);
  strictEqual(store.missing(), 3);
  ok(store.fill(emptyWindow(FIRST_S + 2, 27_000)));
  ok(store.fill(emptyWindow(FIRST_S - 3, 27_000)));
  strictEqual(store.first, FIRST_S - 3);
  strictEqual(store.kind(FIRST_S - 2), SOUND); // may still come
  store.pastIsWhole();
  strictEqual(store.kind(FIRST_S - 2), GAP);
  strictEqual(store.missing(), 4);
  ok(!store.fill(emptyWindow(FIRST_S + 7 - HISTORY_WINDOWS, 27_000)), "too old");
});

Deno.test("SurfaceStore.peak() falls by half in 90 s, whatever comes of the past later", () => {
  const store = new SurfaceStore();
  const withGamma = (i: number, gex: number) => {
    const window = emptyWindow(FIRST_S + i, 27_000);
    window.ladder[LADDER.CALLS + 12] = gex;
    window.ladder[LADDER.PUTS + 12] = 0;
    return window;
  };
  for (let i = 0; i <= 90; i++) store.push(withGamma(i, i === 0 ? 1_000 : 1));
  ok(Math.abs(store.peak(FIRST_S + 90, "naive") - 500) < 1e-9);
  store.fill(withGamma(-90, 4_000));
  for (let i = -89; i < 0; i++) store.fill(withGamma(i, 1));
  store.pastIsWhole();
  ok(Math.abs(store.peak(FIRST_S, "naive") - 2_000) < 1e-9);
  ok(Math.abs(store.peak(FIRST_S + 90, "naive") - 1_000) < 1e-9);
});

Deno.test("SurfaceStore.showUntil() shows nothing that came after a time", () => {
  const store = new SurfaceStore();
  for (let i = 0; i < 10; i++) store.push(emptyWindow(FIRST_S + i, 27_000));
  store.showUntil(FIRST_S + 4.9);
  deepStrictEqual([store.last, store.newest, store.has(FIRST_S + 5)], [
    FIRST_S + 4,
    FIRST_S + 9,
    false,
  ]);
  store.showUntil(FIRST_S - 1);
  strictEqual(store.last, -1);
  store.showUntil(Infinity);
  strictEqual(store.last, FIRST_S + 9);
});
