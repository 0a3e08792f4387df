import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { isotonicPools, type Outcome } from "./isotonic.ts";

const OUTCOMES = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), isRight: fc.boolean() }),
  { minLength: 1, maxLength: 80 },
);

/** Isotonic shares of distinct scores by their definition: the greatest of least means around each. */
function naive(outcomes: readonly Outcome[]): Map<number, number> {
  const scores = [...new Set(outcomes.map(({ score }) => score))].sort((a, b) => a - b);
  const mean = (from: number, to: number) => {
    const own = outcomes.filter(({ score }) => score >= from && score <= to);
    return own.filter(({ isRight }) => isRight).length / own.length;
  };
  return new Map(scores.map((score, i) => {
    const least = scores.slice(0, i + 1).map((from) =>
      Math.min(...scores.slice(i).map((to) => mean(from, to)))
    );
    return [score, Math.max(...least)];
  }));
}

Deno.test("isotonicPools() are the greatest of the least means around each score", () => {
  fc.assert(fc.property(OUTCOMES, (outcomes) => {
    const pools = isotonicPools(outcomes, 1);
    for (const [score, share] of naive(outcomes)) {
      const pool = pools.findLast(({ from }) => from <= score);
      ok(pool !== undefined && Math.abs(pool.right / pool.count - share) < 1e-12);
    }
  }));
});

Deno.test("isotonicPools() rise, hold every outcome and are as large as asked", () => {
  fc.assert(fc.property(OUTCOMES, fc.integer({ min: 1, max: 30 }), (outcomes, least) => {
    const pools = isotonicPools(outcomes, least);
    pools.forEach(({ from, count, right }, i) => {
      const before = pools[i - 1];
      ok(count >= Math.min(least, outcomes.length));
      if (before === undefined) return;
      ok(from > before.from && right / count > before.right / before.count);
    });
    // Each outcome lies in the pool that its score finds.
    const counts = pools.map(({ from }, i) =>
      outcomes.filter(({ score }) => score >= from && score < (pools[i + 1]?.from ?? Infinity))
    );
    deepStrictEqual(counts.map((own) => own.length), pools.map(({ count }) => count));
    strictEqual(
      pools.reduce((sum, { right }) => sum + right, 0),
      outcomes.filter(({ isRight }) => isRight).length,
    );
  }));
});
