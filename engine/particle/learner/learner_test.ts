import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_LAB, WEIGHTS } from "../config.ts";
import { factor, GaussNewton, type Lesson, NormalisedDescent, solve } from "./mod.ts";

const { lo, hi, stepMax, theta0 } = DEFAULT_LAB;
const RUNS = { numRuns: 200, seed: 7 };

const ROW = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), {
  minLength: WEIGHTS,
  maxLength: WEIGHTS,
});
const LESSON = fc.record({ J: ROW, err: fc.double({ min: -60, max: 60, noNaN: true }) });
const TICKS = fc.array(fc.array(LESSON, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 40,
});

const lessonsOf = (tick: readonly { J: number[]; err: number }[], theta: Float64Array): Lesson[] =>
  tick.map(({ J, err }, i) => ({ h: i + 1, err, J, theta: theta.slice() }));

for (const Kind of [GaussNewton, NormalisedDescent]) {
  Deno.test(`${Kind.name}.learn() keeps weights in their bounds and steps in the trust region`, () => {
    fc.assert(
      fc.property(TICKS, (ticks) => {
        const learner = new Kind(DEFAULT_LAB);
        for (const tick of ticks) {
          const before = learner.theta.slice();
          learner.learn(lessonsOf(tick, learner.theta), tick.length);
          learner.theta.forEach((weight, j) => {
            ok(weight >= lo[j]! && weight <= hi[j]!);
            ok(Math.abs(weight - before[j]!) <= stepMax[j]! + 1e-12);
          });
        }
      }),
      RUNS,
    );
  });

  Deno.test(`${Kind.name}.learn() without lessons forgets nothing`, () => {
    const learner = new Kind(DEFAULT_LAB);
    learner.learn(lessonsOf([{ J: [1, 2, 3, 0, 1, 0, 1], err: 2 }], learner.theta), 1);
    const before = learner.save();
    learner.learn([], 0);
    deepEqual(learner.save(), before);
  });

  Deno.test(`${Kind.name}.learn() starts again after a number that is not finite`, () => {
    const learner = new Kind(DEFAULT_LAB);
    learner.learn(lessonsOf([{ J: [1, 2, 3, 0, 1, 0, 1], err: 2 }], learner.theta), 1);
    const before = learner.theta.slice();
    learner.learn(lessonsOf([{ J: [1, 2, 3, 0, 1, 0, 1], err: NaN }], learner.theta), 1);
    deepEqual(learner.theta, before);
    equal(learner.resets, 1);
    learner.learn(lessonsOf([{ J: [1, 2, 3, 0, 1, 0, 1], err: 2 }], learner.theta), 1);
    ok(learner.theta.every(Number.isFinite));
  });
}

Deno.test("GaussNewton.learn() never lets the curvature fall below the prior", () => {
  fc.assert(
    fc.property(TICKS, (ticks) => {
      const learner = new GaussNewton(DEFAULT_LAB);
      for (const tick of ticks) learner.learn(lessonsOf(tick, learner.theta), tick.length);
      const excess = learner.A.slice();
      for (let j = 0; j < WEIGHTS; j++) {
        excess[j * (WEIGHTS + 1)]! -= DEFAULT_LAB.R[j]! * (1 - 1e-9);
      }
      ok(factor(excess, WEIGHTS, WEIGHTS));
    }),
    RUNS,
  );
});

Deno.test("GaussNewton.learn() finds the weights of a linear market and how surely", () => {
  const truth = [0.9, 0.2, 0.6, -0.8, 0.4, -0.3, 0.5];
  const learner = new GaussNewton({ ...DEFAULT_LAB, lam: 0.9999 });
  let state = 1;
  const draw = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223 | 0) / 2 ** 31;
  for (let k = 0; k < 6_000; k++) {
    const J = Array.from({ length: WEIGHTS }, () => 3 * draw());
    const off = truth.reduce((sum, w, j) => sum + J[j]! * (w - learner.theta[j]!), draw());
    learner.learn([{ h: 1, err: off, J, theta: learner.theta.slice() }], 1);
  }
  const errors = new Float64Array(WEIGHTS);
  learner.writeErrors(errors);
  truth.forEach((weight, j) => {
    ok(Math.abs(learner.theta[j]! - weight) < 0.05, `${j}: ${learner.theta[j]}`);
    ok(errors[j]! > 0 && errors[j]! < 0.05, `${j}: ${errors[j]}`);
  });
});

Deno.test("GaussNewton.learn() corrects for weights that moved since the forecast", () => {
  const [one, other] = [new GaussNewton(DEFAULT_LAB), new GaussNewton(DEFAULT_LAB)];
  const J = [1, 0.5, -0.3, 0.2, 2, 1, -1];
  const old = theta0.map((weight, j) => weight + 0.01 * j);
  const moved = J.reduce((sum, slope, j) => sum + slope * (theta0[j]! - old[j]!), 0);
  one.learn([{ h: 2, err: 1.5, J, theta: old }], 1);
  other.learn([{ h: 2, err: 1.5 - moved, J, theta: theta0 }], 1);
  one.theta.forEach((weight, j) => ok(Math.abs(weight - other.theta[j]!) < 1e-12));
});

Deno.test("GaussNewton.learn() takes a far outlier as no more than its direction", () => {
  const J = [0.1, 0, 0, 0, 1, 0, 0];
  const moved = (err: number) => {
    const learner = new GaussNewton(DEFAULT_LAB);
    learner.learn([{ h: 1, err, J, theta: theta0 }], 1);
    return learner.theta[4]!;
  };
  ok(moved(2) < moved(4));
  ok(Math.abs(moved(4) - moved(4_000)) < 1e-3); // the curvature weighs it less
});

Deno.test("solve() inverts what factor() took apart, and factor() tells an indefinite matrix", () => {
  const matrix = Float64Array.of(4, 1, 0, 1, 3, -1, 0, -1, 2);
  const factored = matrix.slice();
  ok(factor(factored, 3, 3));
  const z = Float64Array.of(1, 2, 3);
  solve(factored, 3, 3, z);
  for (let i = 0; i < 3; i++) {
    const product = z.reduce((sum, value, j) => sum + matrix[i * 3 + j]! * value, 0);
    ok(Math.abs(product - (i + 1)) < 1e-12);
  }
  equal(factor(Float64Array.of(1, 2, 2, 1), 2, 2), false);
});
