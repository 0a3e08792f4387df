import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Cone, type ConeHorizon } from "./cone.ts";
import { naiveCone } from "./testing/naive_cone.ts";
import { LEAST_SIGMA_TICKS } from "./volatility.ts";

/** Mids in half ticks with many that stay, and holes. */
const market = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: -4, max: 4 }) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  ),
  { minLength: 20, maxLength: 120, size: "max" },
).map((moves) => {
  let mid = 100;
  return moves.map((move) => Number.isNaN(move) ? NaN : (mid += move / 2));
});

function near(actual: number, expected: number, what: string, tolerance = 1e-9): void {
  ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected}`);
}

function take(cone: Cone, mid: number): void {
  if (Number.isNaN(mid)) cone.break();
  else cone.add(mid);
}

Deno.test("Cone gives the intervals worked out by hand", () => {
  const cone = new Cone([1]);
  const horizon = cone.horizons[0] as ConeHorizon;
  cone.add(10);
  ok(Number.isNaN(horizon.half80) && Number.isNaN(cone.sigma), "no move, no interval");
  cone.add(11);
  // One move of a tick: both means are 1. Of the half-normal prior 48.32865 % lie below 2^-0.625 and
  // 52.04999 % below 2^-0.5, so half of it lies below 0.6484198 + (1.67135 / 3.72134) · 0.0586870.
  strictEqual(cone.sigma, 1);
  near(horizon.half50, 0.674778, "half of the prior", 1e-6);
  // 76.56418 % lie below 2^0.25, 80.53136 % below 2^0.375.
  near(horizon.half80, 1.282423, "four fifths of the prior", 1e-6);
  cone.add(11);
  // The outcome stayed, which the inner interval holds. The prior has faded to 60 · 2^(-1/1200) =
  // 59.96535, the first cell gained 1: half of 60.96535 is 30.48268, of which the prior gives 29.48268.
  // That is 49.16619 % of it: 0.6484198 + (0.83754 / 3.72134) · 0.0586870.
  deepStrictEqual([horizon.scored, horizon.held50, horizon.held80], [1, 1, 1]);
  const fast = 2 ** (-1 / 30);
  const slow = 2 ** (-1 / 300);
  near(cone.sigma, Math.sqrt((fast / (1 + fast) + slow / (1 + slow)) / 2), "both means");
  near(horizon.half50 / cone.sigma, 0.661628, "half of both", 1e-6);
  cone.add(14);
  deepStrictEqual([horizon.scored, horizon.held50, horizon.held80], [2, 1, 1], "3 ticks, not held");
});

Deno.test("Cone equals its definition over any market with holes", () => {
  fc.assert(
    fc.property(market, fc.integer({ min: 1, max: 6 }), (mids, ahead) => {
      const cone = new Cone([ahead]);
      const horizon = cone.horizons[0] as ConeHorizon;
      naiveCone(mids, ahead).forEach((expected, t) => {
        take(cone, mids[t]!);
        if (expected === null) return ok(Number.isNaN(horizon.half80), `sample ${t}: no interval`);
        near(horizon.half50, expected.half50, `half50 at ${t}`);
        near(horizon.half80, expected.half80, `half80 at ${t}`);
        const { scored, held50, held80 } = horizon;
        deepStrictEqual(
          { scored, held50, held80 },
          { scored: expected.scored, held50: expected.held50, held80: expected.held80 },
        );
      });
    }),
    { seed: 20_261_129, numRuns: 60 },
  );
});

Deno.test("Cone.restore() goes on bit by bit from any sample", () => {
  fc.assert(
    fc.property(market, fc.nat(119), (mids, cut) => {
      const straight = new Cone([2, 5]);
      const resumed = new Cone([2, 5]);
      mids.forEach((mid, t) => {
        take(straight, mid);
        if (t < cut) return;
        if (t === cut) resumed.restore(structuredClone(straight.save()));
        else take(resumed, mid);
        deepStrictEqual(resumed.save(), straight.save());
      });
    }),
    { seed: 20_261_129, numRuns: 60 },
  );
});

Deno.test("Cone holds half and four fifths of a walk whose steps are normal, and of one in ticks", () => {
  for (const tick of [0, 1]) {
    const next = normals(7 + tick);
    const cone = new Cone([5, 10]);
    let price = 0;
    for (let t = 0; t < 40_000; t++) {
      // The deviation swings fourfold, slowly against the averages.
      price += next() * (1.2 + 0.8 * Math.sin(t / 2_000));
      cone.add(tick === 0 ? price : Math.round(2 * price) / 2);
    }
    for (const { scored, held50, held80, samples } of cone.horizons) {
      const name = `${samples} samples, tick ${tick}`;
      ok(Math.abs(held50 / scored - 0.5) < 0.015, `${name}: ${held50 / scored}`);
      ok(Math.abs(held80 / scored - 0.8) < 0.015, `${name}: ${held80 / scored}`);
    }
  }
});

Deno.test("Cone over a market that stands still has the least deviation and narrows to nothing", () => {
  const cone = new Cone([5]);
  for (let t = 0; t < 3_000; t++) cone.add(50);
  const horizon = cone.horizons[0] as ConeHorizon;
  strictEqual(cone.sigma, LEAST_SIGMA_TICKS);
  ok(horizon.half80 < 0.01, `${horizon.half80} ticks`);
  strictEqual(horizon.held80, horizon.scored);
});

/** Normal deviates, the same on every machine to a few bits. */
function normals(seed: number): () => number {
  let state = seed;
  const unit = () =>
    ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) + 0.5) / 2 ** 32;
  return () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
}
