import { deepEqual, equal, ok } from "node:assert/strict";
import { DEFAULT_LAB } from "../config.ts";
import { Composer, emptyFields, FieldGuard, wallsToO, writeNodalForce } from "./mod.ts";

const CFG = { ...DEFAULT_LAB, N: 20 };
const NODES = 41;
const filled = (value: number) => new Float64Array(NODES).fill(value);

Deno.test("Composer.finish() holds every field inside its bounds and counts where", () => {
  const composer = new Composer(CFG);
  composer.begin();
  for (const target of ["U", "C", "G", "O"] as const) {
    composer.add({ target, gain: -3, data: filled(7) });
  }
  composer.finish();
  const { U, C, G, O } = composer.fields;
  deepEqual([U[3], C[3], G[3], O[3]], [-5, -10, 0, 0]);
  equal(composer.clampedCells, NODES);
  composer.begin();
  composer.add({ target: "U", gain: 0.5, data: filled(7) });
  composer.finish();
  deepEqual([U[3], C[3], composer.clampedCells], [3.5, 0, 0]);
});

Deno.test("Composer.add() leaves out cells that are not finite and counts them", () => {
  const composer = new Composer(CFG);
  composer.begin();
  const data = filled(1);
  data[4] = NaN;
  data[5] = -Infinity;
  equal(composer.add({ target: "C", gain: 2, data }), 2);
  equal(composer.add({ target: "C", gain: 1, data }), 2);
  equal(composer.badCells, 4);
  composer.finish();
  deepEqual([...composer.fields.C.slice(3, 7)], [3, 0, 0, 3]);
});

Deno.test("Composer.addWalls() is what wallsToO() gives, held at its bound", () => {
  const walls = [{ center: 1_007, sigma: 3, S: 4 }, { center: 1_009, sigma: 40, S: 8 }];
  const composer = new Composer(CFG);
  composer.begin();
  composer.addWalls(1_000.5, walls);
  composer.finish();
  const expected = wallsToO(CFG, 1_000.5, walls).map((value) => Math.min(value, 10));
  deepEqual(composer.fields.O, expected);
  ok(composer.clampedCells > 0);
});

Deno.test("wallsToO() is the Gaussian at every node, near and far", () => {
  const O = wallsToO(CFG, 20_000.5, [{ center: 20_013, sigma: 2, S: 5 }]);
  O.forEach((value, i) => {
    const z = ((i - CFG.N) * CFG.dx - 12.5) / 2;
    ok(Math.abs(value - 5 * Math.exp(-0.5 * z * z)) < 1e-14);
  });
});

Deno.test("writeNodalForce() is exact for a quadratic inside", () => {
  const { U } = emptyFields(CFG.N);
  for (let i = 0; i < NODES; i++) U[i] = 0.5 * 0.3 * ((i - CFG.N) * CFG.dx - 1) ** 2;
  const force = new Float64Array(NODES);
  writeNodalForce(U, CFG.dx, force);
  for (let i = 1; i + 1 < NODES; i++) {
    ok(Math.abs(force[i]! + 0.3 * ((i - CFG.N) * CFG.dx - 1)) < 1e-12);
  }
});

Deno.test("FieldGuard.take() leaves a producer out for 20 ticks after more than 5 % bad cells", () => {
  const guard = new FieldGuard(CFG.N);
  guard.take("p-vac", 100, 2);
  guard.take("p-ofi", 100, 3);
  deepEqual(guard.disabled(101), ["p-ofi"]);
  const restored = new FieldGuard(CFG.N);
  restored.restore(structuredClone(guard.save()));
  deepEqual([restored.allows("p-ofi", 120), restored.allows("p-ofi", 121)], [false, true]);
});

Deno.test("FieldGuard.isSaturated tells ten ticks in a row at the bounds", () => {
  const guard = new FieldGuard(CFG.N);
  for (let tick = 0; tick < 9; tick++) guard.close(11);
  equal(guard.isSaturated, false);
  guard.close(11);
  equal(guard.isSaturated, true);
  guard.close(10);
  equal(guard.isSaturated, false);
});
