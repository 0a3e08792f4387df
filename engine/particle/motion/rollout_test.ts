import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_LAB, WEIGHTS } from "../config.ts";
import { emptyFields, type NodalFields } from "../fields/mod.ts";
import { type MotionConfig, Rollout, rollout } from "./mod.ts";

const RUNS = { numRuns: 500, seed: 11 };
const CFG: MotionConfig = { ...DEFAULT_LAB, N: 12 };
const NODES = 2 * CFG.N + 1;

const nodal = (min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: NODES, maxLength: NODES })
    .map((values) => Float64Array.from(values));
const weight = (j: number) =>
  fc.double({ min: DEFAULT_LAB.lo[j]!, max: DEFAULT_LAB.hi[j]!, noNaN: true });
const THETA = fc.tuple(...Array.from({ length: WEIGHTS }, (_, j) => weight(j)));
const FIELDS = fc.record({ U: nodal(-5, 5), C: nodal(-10, 10), G: nodal(0, 5), O: nodal(0, 10) });
const VHAT = fc.double({ min: -60, max: 60, noNaN: true });

const isClipped = ({ flags }: ReturnType<typeof rollout>) =>
  flags.fClip + flags.vClip + flags.xClip > 0;
const close = (a: number, b: number, bound: number) => Math.abs(a - b) <= bound * (1 + Math.abs(b));

Deno.test("rollout() is finite and no faster than vMax, whatever the medium", () => {
  fc.assert(
    fc.property(FIELDS, THETA, VHAT, (fields, theta, vhat) => {
      const { x, v, J, Phi, flags } = rollout(fields, theta, vhat, CFG);
      for (const values of [x, v, J, Phi]) ok(values.every(Number.isFinite));
      x.forEach((at, h) => ok(Math.abs(at - (x[h - 1] ?? 0)) <= CFG.vMax * CFG.dt + 1e-9));
      equal(flags.vClip, 0); // the bounds of the force leave vMax out of reach in two seconds
    }),
    RUNS,
  );
});

Deno.test("rollout() mirrors with its medium", () => {
  const mirror = (values: Float64Array, sign: number) =>
    values.toReversed().map((value) => sign * value);
  fc.assert(
    fc.property(FIELDS, THETA, VHAT, ({ U, C, G, O }, theta, vhat) => {
      const there = rollout({ U, C, G, O }, theta, vhat, CFG);
      const other = {
        U: mirror(U, 1),
        C: mirror(C, -1),
        G: mirror(G, 1),
        O: mirror(O, 1),
      };
      const back = rollout(other, theta.with(4, -theta[4]!), -vhat, CFG);
      there.x.forEach((x, h) => ok(close(back.x[h]!, -x, 1e-9), `${x}, ${back.x[h]}`));
    }),
    RUNS,
  );
});

Deno.test("rollout() rests in an empty medium without force and velocity", () => {
  fc.assert(
    fc.property(THETA, (theta) => {
      deepEqual([...rollout(emptyFields(CFG.N), theta.with(4, 0), 0, CFG).x], [0, 0, 0, 0]);
    }),
    RUNS,
  );
});

Deno.test("rollout() knows no constant of an energy", () => {
  fc.assert(
    fc.property(FIELDS, THETA, VHAT, fc.integer({ min: -64, max: 64 }), (f, theta, vhat, c) => {
      const raised = { ...f, U: f.U.map((u) => u + c), O: f.O.map((o) => o + c) };
      const [one, other] = [rollout(f, theta, vhat, CFG), rollout(raised, theta, vhat, CFG)];
      one.x.forEach((x, h) => ok(close(other.x[h]!, x, 1e-9)));
    }),
    RUNS,
  );
});

Deno.test("rollout().Phi sums to the forecast under theta where nothing was clipped", () => {
  let compared = 0;
  fc.assert(
    fc.property(FIELDS, THETA, VHAT, (fields, theta, vhat) => {
      const run = rollout(fields, theta, vhat, CFG);
      if (isClipped(run)) return;
      run.x.forEach((x, h) => {
        const sum = theta.reduce((total, w, j) => total + w * run.Phi[h * WEIGHTS + j]!, 0);
        ok(close(sum, x, 1e-9), `${sum}, ${x}`);
      });
      compared++;
    }),
    RUNS,
  );
  ok(compared > 100, String(compared));
});

const SHARE = fc.double({ min: -1, max: 1, noNaN: true });
/** Smooth fields: their slopes jump little from node to node. */
const SMOOTH = fc.tuple(SHARE, SHARE, SHARE, SHARE)
  .map(([a, b, c, d]): NodalFields => {
    const fields = emptyFields(CFG.N);
    for (let i = 0; i < NODES; i++) {
      const x = (i - CFG.N) * CFG.dx;
      fields.U[i] = 3 * a * Math.sin(x / 9 + b);
      fields.C[i] = 2 * c * Math.cos(x / 7 + d);
      fields.G[i] = 0.5 + 0.4 * Math.sin(x / 5 + a);
      fields.O[i] = 2 * Math.exp(-0.5 * ((x - 6 * b) / 4) ** 2);
    }
    return fields;
  });

Deno.test("rollout().J is the central difference of the forecast", () => {
  const step = 1e-6;
  let compared = 0;
  fc.assert(
    fc.property(SMOOTH, THETA, VHAT, (fields, theta, vhat) => {
      const run = rollout(fields, theta, vhat, CFG);
      if (isClipped(run)) return;
      const nodes = (x: Float64Array) => [...x].map((at) => Math.floor(at / CFG.dx));
      for (let j = 0; j < WEIGHTS; j++) {
        const [up, down] = [step, -step].map((by) =>
          rollout(fields, theta.with(j, theta[j]! + by), vhat, CFG)
        ) as [typeof run, typeof run];
        if (String(nodes(up.x)) !== String(nodes(down.x))) continue;
        run.x.forEach((_, h) => {
          const slope = (up.x[h]! - down.x[h]!) / (2 * step);
          ok(
            close(run.J[h * WEIGHTS + j]!, slope, 1e-6),
            `${j}: ${run.J[h * WEIGHTS + j]}, ${slope}`,
          );
          compared++;
        });
      }
    }),
    RUNS,
  );
  ok(compared > 2_000, String(compared));
});

Deno.test("Rollout.run() keeps nothing from run to run", () => {
  const run = new Rollout(CFG);
  const fields = emptyFields(CFG.N);
  fields.C.fill(3);
  run.run(fields, DEFAULT_LAB.theta0, 5);
  run.run(emptyFields(CFG.N), [0, 0, 0, 0, 1, 0.2, 0], -3);
  const fresh = rollout(emptyFields(CFG.N), [0, 0, 0, 0, 1, 0.2, 0], -3, CFG);
  deepEqual([run.x, run.J, run.Phi, run.flags], [fresh.x, fresh.J, fresh.Phi, fresh.flags]);
});

Deno.test("Rollout.run() takes more sub-steps through a stiff medium when it is guarded", () => {
  const cfg = { ...CFG, nSub: 1 };
  const fields = emptyFields(CFG.N);
  for (let i = 0; i < NODES; i++) fields.U[i] = 5 * (i & 2) - 5;
  const run = new Rollout(cfg);
  const stiff = [2.5, 0, 0, 0, 0, 0, 0];
  run.run(fields, stiff, 0, { x0: 0 }, false);
  equal(run.nSub, 1);
  run.run(fields, stiff, 0, { x0: 0 }, true);
  ok(run.nSub > 1 && run.nSub <= 20, String(run.nSub));
  run.run(emptyFields(CFG.N), stiff, 0, { x0: 0 }, true);
  equal(run.nSub, 1);
});

Deno.test("rollout() refuses a field of another grid", () => {
  throws(() => rollout(emptyFields(9), DEFAULT_LAB.theta0, 0, CFG), /must have 25 nodes: 19/);
});
