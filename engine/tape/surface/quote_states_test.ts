import { equal, ok } from "node:assert/strict";
import { distanceFactor, QUOTE_STATE, stateOf, stateShares } from "./quote_states.ts";

Deno.test("stateOf() hands out each state by its share, and clean what is left", () => {
  for (const cleanliness of [0.42, 0.64, 0.88]) {
    for (const distance of [0.4, 1]) {
      const shares = stateShares(cleanliness, distance);
      ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
      const draws = 100_000;
      const counts = [0, 0, 0, 0, 0];
      for (let i = 0; i < draws; i++) {
        const state = stateOf(shares, (i + 0.5) / draws);
        counts[state] = (counts[state] ?? 0) + 1;
      }
      shares.forEach((share, state) => {
        ok(Math.abs((counts[state] ?? 0) / draws - share) < 3e-5, `state ${state}`);
      });
    }
  }
  equal(stateOf(stateShares(1, 0), 0.9999), QUOTE_STATE.clean);
});

Deno.test("stateShares() has more bad quotes in a dirty market and far from the money", () => {
  const clean = stateShares(0.9, 0.4);
  const dirty = stateShares(0.3, 0.4);
  const far = stateShares(0.3, 1);
  for (const state of [QUOTE_STATE.stale, QUOTE_STATE.missing]) {
    ok(dirty[state] > 3 * clean[state] && far[state] > 2 * dirty[state]);
  }
  ok(dirty[QUOTE_STATE.wide] > clean[QUOTE_STATE.wide]);
});

Deno.test("distance grows from the money to two standard deviations", () => {
  equal(distanceFactor(0), 0.4);
  equal(distanceFactor(-2), 1);
  equal(distanceFactor(5), 1);
});
