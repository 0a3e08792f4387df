import { deepEqual, ok, strictEqual, throws } from "node:assert/strict";
import { normalCdf, normalQuantile } from "../../dmath/mod.ts";
import { normals } from "../cloud/mod.ts";
import { LabError } from "../error.ts";
import {
  brierScore,
  byTercile,
  centralHits,
  crps,
  CRPS_LEVELS,
  pinballLoss,
  pitHistogram,
  pitUniform,
  randomisedPit,
  reliability,
  savedShare,
} from "./mod.ts";

const NORMAL = CRPS_LEVELS.map(normalQuantile);

function drawsOf(sorted: readonly number[]) {
  return { count: sorted.length, at: (rank: number) => sorted[rank]! };
}

/** Outcomes that are rounded normal draws, and so many equally likely rounded draws for them. */
function lattice(step: number) {
  const round = (value: number) => step * Math.floor(value / step + 0.5);
  const acts = Array.from({ length: 4_000 }, (_, i) => round(normals(1, i, 5)[0]!));
  const draws = Array.from({ length: 999 }, (_, i) => round(normalQuantile((i + 1) / 1_000)));
  return { acts, draws: drawsOf(draws) };
}

Deno.test("pinballLoss() is least in expectation at its quantile", () => {
  const acts = Array.from({ length: 1_000 }, (_, i) => (i + 0.5) / 1_000);
  const mean = (quantile: number) =>
    acts.reduce((sum, act) => sum + pinballLoss(quantile, act, 0.3), 0) / 1_000;
  ok(mean(0.3) < mean(0.29) && mean(0.3) < mean(0.31));
});

Deno.test("crps() of the normal distribution is close to its closed form", () => {
  for (const act of [-1.5, 0, 0.4, 2]) {
    const pdf = Math.exp(-act * act / 2) / Math.sqrt(2 * Math.PI);
    const exact = act * (2 * normalCdf(act) - 1) + 2 * pdf - 1 / Math.sqrt(Math.PI);
    ok(Math.abs(crps(NORMAL, act) / exact - 1) < 0.08, `${act}: ${crps(NORMAL, act)}, ${exact}`);
  }
  throws(() => crps([0], 1), LabError);
});

Deno.test("savedShare() of losses is 0 without a difference and 1 without a loss", () => {
  strictEqual(savedShare([1, 2], [1, 2]), 0);
  strictEqual(savedShare([0, 0], [1, 2]), 1);
  strictEqual(savedShare([0], [0]), 0);
});

Deno.test("byTercile() takes the calmest and the busiest third", () => {
  deepEqual(byTercile([1, 0, 0, 1, 1, 1, 0], [1, 9, 8, 2, 3, 4, 5]), {
    all: 4 / 7,
    low: 1,
    high: 0,
  });
  deepEqual(byTercile([1, 0, 0], [7, 7, 7]), { all: 1 / 3, low: 1, high: 0 });
  ok(Number.isNaN(byTercile([], []).all));
  throws(() => byTercile([1], []), LabError);
});

Deno.test("randomisedPit() lies between the shares below and up to the outcome", () => {
  const draws = drawsOf([-1, 0, 0, 0, 2]);
  strictEqual(randomisedPit(draws, 0, 0.5), 0.5);
  strictEqual(randomisedPit(draws, 1, 0.5), 0.8);
  strictEqual(randomisedPit(draws, -5, 0.9), 0);
  strictEqual(randomisedPit(draws, 5, 0.1), 1);
});

Deno.test("randomisedPit() is uniform for calibrated forecasts of outcomes on a lattice", () => {
  for (const step of [0.01, 0.5, 2]) {
    const { acts, draws } = lattice(step);
    const pits = acts.map((act, k) => randomisedPit(draws, act, pitUniform(3, k, 1)));
    const shares = pitHistogram(pits, 10);
    ok(shares.every((share) => Math.abs(share - 0.1) < 0.02), `${step}: ${shares}`);
    for (const share of [0.5, 0.8, 0.95]) {
      const hits = centralHits(pits, share);
      ok(Math.abs(byTercile(hits, acts).all - share) < 0.025, `${step}, ${share}`);
    }
  }
  const { acts, draws } = lattice(2);
  const plain = acts.filter((act) => Math.abs(act) <= Math.abs(draws.at(98))).length / 4_000;
  ok(plain > 0.95, "plain hits of a coarse lattice are far above their 80 %");
});

Deno.test("pitHistogram() shows bands that are too narrow", () => {
  const { acts } = lattice(0.01);
  const narrow = Array.from({ length: 999 }, (_, i) => 0.5 * normalQuantile((i + 1) / 1_000));
  const pits = acts.map((act, k) => randomisedPit(drawsOf(narrow), act, pitUniform(3, k, 1)));
  const shares = pitHistogram(pits, 10);
  ok(shares[0]! > 0.2 && shares[9]! > 0.2 && shares[4]! < 0.09, String(shares));
});

Deno.test("brierScore() and reliability() tell sure from calibrated chances", () => {
  const happened = Array.from({ length: 1_000 }, (_, i) => (i * 7) % 10 < 3 ? 1 : 0);
  const [calibrated, sure] = [happened.map(() => 0.3), happened.map(() => 0.95)];
  ok(Math.abs(brierScore(happened, calibrated) - 0.21) < 1e-12);
  ok(brierScore(happened, sure) > 0.6);
  const [bin] = reliability(happened, calibrated);
  deepEqual([bin!.count, Math.round(bin!.chance * 100), bin!.happened], [1_000, 30, 0.3]);
  strictEqual(reliability([1, 0], [1, 0]).length, 2, "a chance of 1 has a bin");
});
