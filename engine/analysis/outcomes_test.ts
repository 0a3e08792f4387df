import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Xoshiro256 } from "../prng/mod.ts";
import { AnalysisError, judgeAll, type TradeRules } from "./mod.ts";
import { nullRate } from "./null_rate.ts";
import { OUTCOME, outcomeAt } from "./outcomes.ts";

const RULES: TradeRules = {
  tpTicks: 8,
  slTicks: 4,
  tickSize: 0.25,
  maxHoldBins: 40,
  blankExit: "zero",
};

/** The rules read word by word: bin after bin, profit first. */
function naive(mid: Float64Array, i: number, up: boolean, rules: TradeRules) {
  const entry = mid[i]!;
  const end = Math.min(i + rules.maxHoldBins, mid.length);
  const sign = up ? 1 : -1;
  for (let j = i + 1; j < end; j++) {
    const price = mid[j]!;
    if (price <= 0) continue;
    const profit = up
      ? price >= entry + rules.tpTicks * rules.tickSize
      : price <= entry - rules.tpTicks * rules.tickSize;
    const loss = up
      ? price <= entry - rules.slTicks * rules.tickSize
      : price >= entry + rules.slTicks * rules.tickSize;
    if (!profit && !loss) continue;
    const pnl = sign * (price - entry) / rules.tickSize;
    return [profit ? OUTCOME.TP : OUTCOME.SL, j, pnl];
  }
  return [OUTCOME.TIMEOUT, end - 1, sign * (mid[end - 1]! - entry) / rules.tickSize + 0];
}

Deno.test("judgeAll() equals a scan bin by bin, gaps in the mid included", () => {
  const step = fc.integer({ min: -5, max: 5 });
  const bin = fc.record({ step, blank: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.array(bin, { minLength: 1, maxLength: 120 }), (bins) => {
      let price = 100;
      const mid = Float64Array.from(bins, ({ step, blank }) => {
        price += step * 0.25;
        return blank === 0 ? 0 : price;
      });
      const table = judgeAll(mid, RULES);
      mid.forEach((value, i) => {
        for (const up of [true, false]) {
          const at = outcomeAt(i, up ? 1 : -1);
          if (value <= 0) {
            strictEqual(table.kind[at], OUTCOME.NONE);
          } else {
            const found = [table.kind[at], table.exit[at], table.pnl[at]];
            deepStrictEqual(found, naive(mid, i, up, RULES));
          }
        }
      });
    }),
    { numRuns: 300 },
  );
});

Deno.test("a trade that runs out of time in a bin without a mid ends as its rule says", () => {
  const mid = Float64Array.from([100, 100.25, 0]);
  const rules = { ...RULES, maxHoldBins: 3 };
  strictEqual(judgeAll(mid, rules).pnl[0], -400);
  strictEqual(judgeAll(mid, { ...rules, blankExit: "last" }).pnl[0], 1);
});

Deno.test("judgeAll() refuses rules that cannot be, naming the field", () => {
  for (
    const [field, rules] of [
      ["tp-ticks", { tpTicks: 0 }],
      ["sl-ticks", { slTicks: NaN }],
      ["max-hold-snapshots", { maxHoldBins: 0 }],
      ["tick-size", { tickSize: -1 }],
    ] as const
  ) {
    throws(
      () => judgeAll(new Float64Array(3), { ...RULES, ...rules }),
      (error) => error instanceof AnalysisError && error.field === field,
    );
  }
});

Deno.test("the null rate of a random walk is the rate that is found in it", () => {
  // Steps of 4.5 ticks at most: exits land well past their level, so 4 : 8 gives more than 1/3.
  const random = new Xoshiro256(5);
  let price = 20_000;
  const mid = Float64Array.from({ length: 200_000 }, () => {
    price += (random.below(19) - 9) * 0.5 * 0.25;
    return price;
  });
  const table = judgeAll(mid, { ...RULES, maxHoldBins: 1_200 });
  const places = Int32Array.from({ length: 20_000 }, (_, i) => outcomeAt(i * 9, i % 2 ? 1 : -1));
  const found = nullRate(places, table);
  ok(found.overshoot_ticks > 0.8, `overshoot ${found.overshoot_ticks}`);
  ok(found.null_tp_of_decided > 0.345, `null ${found.null_tp_of_decided}`);
  const gap = Math.abs(found.tp_of_decided - found.null_tp_of_decided);
  ok(gap < 0.012, `${found.tp_of_decided} against ${found.null_tp_of_decided}`);
});
