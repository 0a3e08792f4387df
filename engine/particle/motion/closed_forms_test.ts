import { ok } from "node:assert/strict";
import { emptyFields, type NodalFields, Stencil } from "../fields/mod.ts";
import { type MotionConfig, rollout } from "./mod.ts";

const CFG: MotionConfig = { dt: 0.5, H: 4, nSub: 5, dx: 2, N: 20, aMax: 50, vMax: 200, v0Max: 40 };
const TAU = CFG.dt / CFG.nSub;

function near(actual: number, expected: number, bound: number, what = "value"): void {
  ok(
    Math.abs(actual - expected) <= bound * (1 + Math.abs(expected)),
    `${what}: ${actual}, ${expected}`,
  );
}

function uniform(cfg: MotionConfig, { C = 0, G = 0 }): NodalFields {
  const fields = emptyFields(cfg.N);
  fields.C.fill(C);
  fields.G.fill(G);
  return fields;
}

/** A well or a hill of stiffness k at the spot. */
function quadratic(cfg: MotionConfig, k: number): NodalFields {
  const fields = emptyFields(cfg.N);
  for (let i = 0; i < fields.U.length; i++) fields.U[i] = 0.5 * k * ((i - cfg.N) * cfg.dx) ** 2;
  return fields;
}

Deno.test("rollout() without weights goes on at its velocity", () => {
  const { x, v } = rollout(emptyFields(20), [0, 0, 0, 0, 0, 0, 0], 0, CFG, { x0: 0, v0: 3 });
  x.forEach((at, h) => near(at, 3 * 0.5 * (h + 1), 1e-12));
  v.forEach((speed) => near(speed, 3, 1e-12));
});

Deno.test("rollout() under a constant force is the discrete parabola", () => {
  const { x, v } = rollout(emptyFields(20), [0, 0, 0, 0, 1.25, 0, 0], 0, CFG, { x0: 0, v0: 3 });
  x.forEach((at, h) => {
    const n = (h + 1) * CFG.nSub;
    near(at, 3 * n * TAU + 1.25 * TAU * TAU * n * (n + 1) / 2, 1e-12);
    near(v[h]!, 3 + 1.25 * n * TAU, 1e-12);
  });
});

for (
  const [name, fields, theta, gamma, terminal] of [
    ["drag", { G: 0.9 }, [0, 0, 1.5, 0, 1.25, 0, 0], 1.35, 1.25 / 1.35],
    ["a current", { C: -1.7 }, [0, 0.8, 0, 0, 0, 0, 0], 0.8, -1.7],
  ] as const
) {
  Deno.test(`rollout() under ${name} goes to its terminal velocity geometrically`, () => {
    const { x, v } = rollout(uniform(CFG, fields), theta, 0, CFG, { x0: 0, v0: 3 });
    const q = 1 / (1 + gamma * TAU);
    x.forEach((at, h) => {
      const n = (h + 1) * CFG.nSub;
      near(v[h]!, terminal + (3 - terminal) * q ** n, 1e-12);
      near(at, terminal * n * TAU + (3 - terminal) * (1 - q ** n) / gamma, 1e-12);
    });
  });
}

Deno.test("rollout() launches with inertia and entrainment", () => {
  const cfg = { ...CFG, H: 1, nSub: 1 };
  const run = rollout(uniform(cfg, { C: 2 }), [0, 0, 0, 0, 0, 0.3, 0.7], 90, cfg);
  near(run.v[0]!, 0.3 * 40 + 0.7 * 2, 1e-12); // the observed velocity is held at 40
});

Deno.test("rollout() in a harmonic well is a rotation that keeps its invariant", () => {
  const [k, x0, v0] = [0.6, 1.5, 3];
  const cfg = { ...CFG, H: 40 };
  const { x, v } = rollout(quadratic(cfg, k), [1, 0, 0, 0, 0, 0, 0], 0, cfg, { x0, v0 });
  const cos = 1 - k * TAU * TAU / 2;
  const phi = Math.acos(cos);
  const x1 = x0 * (1 - k * TAU * TAU) + v0 * TAU;
  const invariant = (at: number, speed: number) =>
    speed * speed + k * at * at - k * TAU * at * speed;
  x.forEach((at, h) => {
    const n = (h + 1) * cfg.nSub;
    near(at, x0 * Math.cos(n * phi) + (x1 - x0 * cos) / Math.sin(phi) * Math.sin(n * phi), 1e-9);
    near(invariant(at, v[h]!), invariant(x0, v0), 1e-9);
  });
});

Deno.test("rollout() is turned back by a barrier below its critical speed and passes above", () => {
  const cfg = { ...CFG, N: 40, nSub: 10, H: 40 };
  const fields = emptyFields(cfg.N);
  for (let i = 0; i < fields.O.length; i++) {
    fields.O[i] = 8 * Math.exp(-0.5 * (((i - cfg.N) * cfg.dx - 20) / 4) ** 2);
  }
  const felt = (i: number) => (fields.O[i - 1]! + 2 * fields.O[i]! + fields.O[i + 1]!) / 4;
  near(felt(50), 8 * (1 + Math.exp(-4 / 32)) / 2, 1e-12); // the effective top
  const critical = Math.sqrt(2 * (felt(50) - felt(40)));
  const from = (v0: number) => rollout(fields, [0, 0, 0, 1, 0, 0, 0], 0, cfg, { x0: 0, v0 });
  const far = (v0: number) => Math.sqrt(v0 * v0 + 2 * felt(40));
  const back = from(0.95 * critical);
  const past = from(1.05 * critical);
  const left = back.v.find((_, h) => back.x[h]! < -5)!;
  near(left, -far(0.95 * critical), 1e-3, "speed after the turn");
  const right = past.v.find((_, h) => past.x[h]! > 45)!;
  near(right, far(1.05 * critical), 1e-3, "speed behind the barrier");
});

Deno.test("rollout() is stable in a well of stiffness below 4 / tau^2 and not above", () => {
  const cfg = { ...CFG, N: 40, H: 40, aMax: 1e9, vMax: 1e9 };
  const reach = (kTau2: number) => {
    const fields = quadratic(cfg, kTau2 / TAU / TAU);
    const { x, flags } = rollout(fields, [1, 0, 0, 0, 0, 0, 0], 0, cfg, { x0: 0.1, v0: 0 });
    return { most: Math.max(...x.map(Math.abs)), ...flags };
  };
  ok(reach(3.9).most < 2);
  ok(reach(4.1).xClip > 0);
});

Deno.test("rollout() without drag comes back by the adjoint map", () => {
  const cfg = { ...CFG, H: 1, nSub: 40, dt: 4 };
  const fields = quadratic(cfg, 0.4);
  const tau = cfg.dt / cfg.nSub;
  const { x, v } = rollout(fields, [1, 0, 0, 0, 0, 0, 0], 0, cfg, { x0: 2, v0: 1 });
  let [at, speed] = [x[0]!, -v[0]!];
  for (let step = 0; step < cfg.nSub; step++) { // drift, then kick
    at += tau * speed;
    speed -= tau * 0.4 * at;
  }
  near(at, 2, 1e-9);
  near(speed, -1, 1e-9);
  const forward = rollout(fields, [1, 0, 0, 0, 0, 0, 0], 0, cfg, { x0: x[0]!, v0: -v[0]! });
  ok(Math.abs(forward.x[0]! - 2) < 10 * tau);
});

Deno.test("Stencil.slope() ends with the grid, Stencil.value() stays", () => {
  const stencil = new Stencil(2, 2);
  const nodal = Float64Array.of(0.1, 1, 2, 3, 0.7);
  stencil.moveTo(4);
  near(stencil.value(nodal), 0.7, 0);
  near(stencil.slope(nodal), (0.7 - 3) / 2, 0);
  for (const [x, value] of [[5, 0.7], [-9, 0.1]] as const) {
    stencil.moveTo(x);
    near(stencil.value(nodal), value, 0);
    near(stencil.slope(nodal), 0, 0);
  }
});
