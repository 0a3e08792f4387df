import { deepEqual, ok, throws } from "node:assert/strict";
import { DEFAULT_LAB } from "../config.ts";
import { emptyFields } from "../fields/mod.ts";
import { Cloud, ensemble, LabError, rollout } from "../mod.ts";

const CFG = { ...DEFAULT_LAB, N: 60 };
const NONE = new Float64Array(7);
const THETA = [0.35, 0.45, 0.25, 0.35, 0, 0.1, 0.2];

function medium() {
  const fields = emptyFields(CFG.N);
  fields.C.fill(1.5);
  fields.G.fill(0.6);
  return fields;
}

Deno.test("ensemble() of no force diffuses: variance 2 D t at every horizon", () => {
  const D = 0.8;
  const run = { fields: emptyFields(CFG.N), theta: NONE, vhat: 0, D, seed: 7, tick: 3 };
  const { stats } = ensemble({ ...run, P: 4_096, cfg: CFG });
  stats.forEach(({ sd, mean }, h) => {
    const wanted = 2 * D * (h + 1) * CFG.dt;
    ok(Math.abs(sd * sd / wanted - 1) < 0.08, `horizon ${h + 1}: ${sd * sd}, not ${wanted}`);
    ok(Math.abs(mean) < 4 * Math.sqrt(wanted / 4_096));
  });
});

Deno.test("ensemble() without diffusion is the rollout, particle by particle", () => {
  const run = { fields: medium(), theta: THETA, vhat: 3, D: 0, seed: 7, tick: 3, P: 3, cfg: CFG };
  const { particles } = ensemble(run);
  const { x } = rollout(medium(), THETA, 3, CFG);
  deepEqual([...particles], [...x, ...x, ...x]);
});

Deno.test("Cloud.run() gives a particle the same path whatever the number of the others", () => {
  const run = { fields: medium(), theta: THETA, vhat: 3, D: 0.7, seed: 7, tick: 2 ** 33 + 5 };
  const [small, large] = [new Cloud(CFG, 3), new Cloud(CFG, 40)];
  small.run(run);
  large.run({ ...run, tick: 9 });
  large.run(run);
  deepEqual(small.particles, large.particles.slice(0, 3 * CFG.H));
});

Deno.test("ensemble() keeps diffusing particles near a grid's edge finite", () => {
  const D = new Float64Array(2 * CFG.N + 1).fill(500);
  const run = { fields: medium(), theta: THETA, vhat: 40, D, seed: 1, tick: 1, P: 64, cfg: CFG };
  ok(ensemble(run).particles.every(Number.isFinite));
});

Deno.test("ensemble() refuses diffusion that is negative or off the grid, and no particles", () => {
  const run = { fields: medium(), theta: THETA, vhat: 0, seed: 1, tick: 1, P: 4, cfg: CFG };
  const of = (field: string) => (error: unknown) =>
    error instanceof LabError && error.field === field;
  throws(() => ensemble({ ...run, D: -1 }), of("D"));
  throws(() => ensemble({ ...run, D: NaN }), of("D"));
  throws(() => ensemble({ ...run, D: [1, 2] }), of("D"));
  throws(() => ensemble({ ...run, D: 1, P: 0 }), of("P"));
});
