import { equal, ok } from "node:assert/strict";
import { baseRates, BRANCHING, EVENT_TYPES, HawkesArrivals, TARGET_RATES } from "./hawkes.ts";

function simulate(seed: number, seconds: number): number[][] {
  const hawkes = new HawkesArrivals(seed, 0);
  hawkes.base.set(baseRates());
  const counts = Array.from({ length: EVENT_TYPES }, () => new Array<number>(seconds).fill(0));
  const endNs = seconds * 1e9;
  for (;;) {
    const ns = hawkes.next(endNs);
    if (ns < 0) return counts;
    counts[hawkes.type]![Math.floor(ns / 1e9)]!++;
  }
}

function dispersion(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length / mean;
}

Deno.test("baseRates() are (I - N) times the stationary rates", () => {
  const want = [1.473, 1.473, 31.78, 31.78, 30.04, 30.04];
  baseRates().forEach((rate, i) => ok(Math.abs(rate - want[i]!) < 0.005, `${i}: ${rate}`));
});

Deno.test("BRANCHING has the spectral radius 0.620: the process is stable", () => {
  let vector = new Array<number>(EVENT_TYPES).fill(1);
  let radius = 0;
  for (let round = 0; round < 200; round++) {
    const next = vector.map((_, i) =>
      vector.reduce((sum, value, j) => sum + BRANCHING[i * EVENT_TYPES + j]! * value, 0)
    );
    radius = Math.max(...next);
    vector = next.map((value) => value / radius);
  }
  ok(Math.abs(radius - 0.62) < 0.001, `${radius}`);
});

Deno.test("HawkesArrivals.next() reaches the stationary rates and clusters", () => {
  const seconds = 300;
  const counts = simulate(3, seconds);
  counts.forEach((perSec, i) => {
    const rate = perSec.reduce((sum, n) => sum + n) / seconds;
    ok(Math.abs(rate / TARGET_RATES[i]! - 1) < (i < 2 ? 0.2 : 0.08), `${i}: ${rate}`);
  });
  const market = counts[0]!.map((n, sec) => n + counts[1]![sec]!);
  const all = market.map((n, sec) => n + counts.slice(2).reduce((sum, c) => sum + c[sec]!, 0));
  // A Poisson process would have 1 for both.
  ok(dispersion(market) > 1.5 && dispersion(market) < 3, `${dispersion(market)}`);
  ok(dispersion(all) > 6 && dispersion(all) < 12, `${dispersion(all)}`);
});

Deno.test("HawkesArrivals.next() without branching would be far slower: base rates alone", () => {
  const total = baseRates().reduce((sum, rate) => sum + rate, 0);
  const perSec = simulate(4, 60).flat().reduce((sum, n) => sum + n, 0) / 60;
  ok(perSec > 2 * total, `${perSec} of ${total}`);
});

Deno.test("HawkesArrivals.next() stops at the horizon and goes on from it", () => {
  const hawkes = new HawkesArrivals(1, 0);
  hawkes.base.set(baseRates());
  let latest = 0;
  for (let horizon = 1e6; horizon <= 1e9; horizon += 1e6) {
    for (let ns = hawkes.next(horizon); ns >= 0; ns = hawkes.next(horizon)) {
      ok(ns > latest && ns >= horizon - 1e6 && ns < horizon);
      latest = ns;
    }
  }
  equal(hawkes.next(1e9), -1);
});
