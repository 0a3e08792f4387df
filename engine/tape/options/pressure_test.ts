import { equal, ok } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import type { Parent, Placement } from "../parent.ts";
import { contractKey } from "../surface/mod.ts";
import { HALF_LIFE_MS, ParentIndex, pressSign } from "./pressure.ts";

const SESSION = sessionById(202601140);
const TS = SESSION.openTs + 3_600_000;
const KEY = contractKey(4, 20260116, 235, "C");

function parent(ts: number, change: Partial<Parent>, placements: readonly Placement[]): Parent {
  return {
    slot: 0,
    ts,
    symbol: 4,
    family: "retail_whale",
    subtype: "attention_contract_spike",
    direction: 1,
    regime: "retail_chase",
    preset: "balanced_demo",
    premiumUsd: 50_000,
    legs: [{
      right: "C",
      strike: 235,
      expiry: 20260116,
      contractId: "AAPL-2026-01-16-235-C",
      side: 1,
      delta: 0.5,
      vega: 10,
      iv: 0.3,
      size: 100,
    }],
    prints: placements.map((placement, i) => ({
      ts: ts + 100 * i,
      leg: 0,
      size: 10,
      placement,
      venue: "CBOE",
      conditions: [],
      share: 1 / placements.length,
    })),
    stock: null,
    moveTarget: null,
    spreadZ: 0,
    ivShock: 0.02,
    ...change,
  };
}

function indexOf(parents: readonly Parent[]): ParentIndex {
  const market = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL), "et");
  const index = new ParentIndex({ market, parents, extendTo: () => {} });
  index.reset(TS);
  index.advance(TS, TS + 60_000);
  return index;
}

Deno.test("clips press volatility with their share and fade by half in a minute", () => {
  const index = indexOf([parent(TS, {}, ["A", "A", "MID", "B"])]);
  equal(index.pressure(KEY, TS - 1), 0);
  ok(Math.abs(index.pressure(KEY, TS) - 0.005) < 1e-12);
  const after = index.pressure(KEY, TS + 300);
  ok(after > 0.0049 && after < 0.0051); // two buys less one sale, a quarter of 2 points each
  const later = index.pressure(KEY, TS + 300 + HALF_LIFE_MS);
  ok(Math.abs(later / after - 0.5) < 1e-9);
  equal(index.pressure(KEY, TS + 11 * HALF_LIFE_MS), 0);
  equal(index.pressure(KEY + 1, TS + 300), 0);
});

Deno.test("a seller's shock lowers volatility when it prints at the bid", () => {
  const legs = parent(TS, {}, []).legs.map((leg) => ({ ...leg, side: -1 as const }));
  const index = indexOf([parent(TS, { legs, ivShock: -0.006 }, ["B", "B"])]);
  ok(index.pressure(KEY, TS + 200) < -0.0055);
  equal(pressSign("MID", 1), 0);
  equal(pressSign("B", -1), 1);
});

Deno.test("spreads widen at a parent, never before it, and come back in twenty seconds", () => {
  const index = indexOf([parent(TS, { spreadZ: 2 }, ["A"])]);
  equal(index.spreadFactor(KEY, TS - 1), 1);
  equal(index.spreadFactor(KEY, TS), 1.5);
  equal(index.spreadFactor(KEY, TS + 10_000), 1.25);
  equal(index.spreadFactor(KEY, TS + 21_000), 1);
  equal(index.spreadFactor(KEY + 1, TS), 1);
});

Deno.test("a parent trades near its prints and nowhere else", () => {
  const index = indexOf([parent(TS, {}, ["A", "A"])]);
  ok(index.tradesNear(KEY, TS + 5_000, 12_000));
  ok(!index.tradesNear(KEY, TS + 20_000, 12_000));
});

Deno.test("old parents are forgotten and change nothing", () => {
  const old = parent(TS, {}, ["A"]);
  const index = indexOf([old]);
  const before = index.pressure(KEY, TS + 30_000);
  index.advance(TS + 30_000, TS + 90_000);
  equal(index.pressure(KEY, TS + 30_000), before);
  index.advance(TS + 3_600_000, TS + 3_660_000);
  equal(index.touches(KEY).length, 0);
});
