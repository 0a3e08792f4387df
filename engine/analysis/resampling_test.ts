import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Xoshiro256 } from "../prng/mod.ts";
import { bootstrapRatio, type Entries, judgeAll } from "./mod.ts";
import {
  permuteDirections,
  randomDirections,
  randomEntries,
  shiftEntries,
} from "./random_trades.ts";
import { tradeBlock } from "./bootstrap.ts";
import { placesOf } from "./trades.ts";
import { outcomeAt } from "./outcomes.ts";

const RULES = {
  tpTicks: 8,
  slTicks: 4,
  tickSize: 0.25,
  maxHoldBins: 200,
  blankExit: "last",
} as const;

function walk(seed: number, bins: number): Float64Array {
  const random = new Xoshiro256(seed);
  let price = 4_000;
  return Float64Array.from({ length: bins }, () => price += (random.below(5) - 2) * 0.25);
}

const mid = walk(11, 6_000);
const table = judgeAll(mid, RULES);
const bins = Int32Array.from({ length: 100 }, (_, i) => 20 + 55 * i);
const TESTS = { permuteDirections, randomDirections, shiftEntries };

function entriesWith(directionOf: (bin: number, i: number) => number): Int32Array {
  const entries: Entries = { bins, directions: Int8Array.from(bins, directionOf) };
  return placesOf(entries, table);
}

/** Knows the future. */
const oracle = entriesWith((bin) => table.pnl[outcomeAt(bin, 1)]! > 0 ? 1 : -1);

Deno.test("bootstrapRatio() covers the true mean about as often as it says", () => {
  let covered = 0;
  const ones = new Float64Array(60).fill(1);
  for (let trial = 0; trial < 200; trial++) {
    const random = new Xoshiro256(100, trial);
    const sample = Float64Array.from({ length: 60 }, () => random.uniform() < 0.4 ? 1 : 0);
    const interval = bootstrapRatio(sample, ones, 4, 1, trial);
    if (interval !== null && interval.low <= 0.4 && interval.high >= 0.4) covered++;
  }
  ok(covered >= 172 && covered <= 198, `${covered} of 200 intervals hold the mean`);
});

Deno.test("bootstrapRatio() widens with the block where neighbours hang together", () => {
  const random = new Xoshiro256(3);
  let state = 0;
  const sample = Float64Array.from({ length: 2_000 }, () => {
    if (random.uniform() < 0.02) state = random.below(2);
    return state;
  });
  const ones = new Float64Array(2_000).fill(1);
  const single = bootstrapRatio(sample, ones, 1, 1, 0)!;
  const blocks = bootstrapRatio(sample, ones, 100, 1, 0)!;
  const width = (of: { low: number; high: number }) => of.high - of.low;
  ok(width(blocks) > 3 * width(single), `${width(blocks)} against ${width(single)}`);
  deepStrictEqual(bootstrapRatio(sample, ones, 100, 1, 0), blocks, "equal inputs, equal interval");
});

Deno.test("bootstrapRatio() gives no interval for a handful, and a point for a constant", () => {
  strictEqual(bootstrapRatio([1, 0, 1, 1], [1, 1, 1, 1], 1, 1, 0), null);
  const ones = new Float64Array(30).fill(1);
  deepStrictEqual(bootstrapRatio(ones, ones, 3, 1, 0), { low: 1, high: 1 });
});

Deno.test("tradeBlock() spans the trades that are open at once", () => {
  const apart = Int32Array.from({ length: 27 }, (_, i) => outcomeAt(200 * i, 1));
  strictEqual(tradeBlock(apart, table), 3, "cube root of 27 when trades do not overlap");
  const flat = judgeAll(new Float64Array(6_000).fill(100), RULES);
  const crowded = Int32Array.from({ length: 500 }, (_, i) => outcomeAt(2 * i, 1));
  ok(tradeBlock(crowded, flat) >= 99, "each lasts 199 bins, one begins every 2");
});

Deno.test("an oracle has the least p-value of every test", () => {
  for (const [name, test] of Object.entries(TESTS)) {
    ok(test(oracle, table, 1, 0).p_value < 0.002, name);
  }
  ok(randomEntries(oracle, table, 50, 1, 0).p_value < 0.002);
});

Deno.test("directions without knowledge rarely have a small p-value", () => {
  const random = new Xoshiro256(8);
  let small = 0;
  for (let trial = 0; trial < 100; trial++) {
    const places = entriesWith(() => random.below(2) === 0 ? 1 : -1);
    if (permuteDirections(places, table, 1, trial).p_value <= 0.05) small++;
  }
  ok(small <= 12, `${small} of 100 below 0.05`);
});

Deno.test("random counterparts earn what a trade earns on average", () => {
  const side = (at: number) => table.pnl.reduce((sum, pnl, i) => i % 2 === at ? sum + pnl : sum, 0);
  const down = oracle.reduce((sum, at) => sum + at % 2, 0) / oracle.length;
  const average = ((1 - down) * side(0) + down * side(1)) / mid.length;
  const drawn = randomEntries(oracle, table, 50, 1, 0);
  ok(Math.abs(drawn.mean_pnl_ticks - average) < 0.15, `${drawn.mean_pnl_ticks}, ${average}`);
  ok(drawn.pnl_range.low < average && drawn.pnl_range.high > average);
  deepStrictEqual(randomEntries(oracle, table, 50, 1, 0), drawn, "equal inputs, equal draws");
});

Deno.test("randomEntries() copes with more entries than its distance leaves room for", () => {
  const places = Int32Array.from({ length: 3_000 }, (_, i) => outcomeAt(2 * i, 1));
  ok(Number.isFinite(randomEntries(places, table, 1_000, 1, 0).tp_rate));
});
