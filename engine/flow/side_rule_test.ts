import { strictEqual } from "node:assert/strict";
import { sideOf, sideWeight } from "./side_rule.ts";

Deno.test("sideOf() tells the side of a print against the quote that stood", () => {
  const cases: [price: number, bid: number, ask: number, tick: number, side: string][] = [
    // Wide market: slack is a tenth of the spread.
    [5.2, 5, 5.2, 0.05, "A"],
    [5.18, 5, 5.2, 0.05, "A"],
    [5.17, 5, 5.2, 0.05, "MID"],
    [5.25, 5, 5.2, 0.05, "AA"],
    [5.02, 5, 5.2, 0.05, "B"],
    [5, 5, 5.2, 0.05, "B"],
    [4.95, 5, 5.2, 0.05, "BB"],
    // One cent wide: a sale at the bid is no purchase, and the exact middle is the middle.
    [1, 1, 1.01, 0.01, "B"],
    [1.01, 1, 1.01, 0.01, "A"],
    [1.005, 1, 1.01, 0.01, "MID"],
    [1.004, 1, 1.01, 0.01, "B"],
    [1.02, 1, 1.01, 0.01, "AA"],
    [0.99, 1, 1.01, 0.01, "BB"],
    // Two cents wide: the middle is the middle.
    [1.01, 1, 1.02, 0.01, "MID"],
    // Five cents wide at a tick of five cents: the nearer side.
    [4.02, 4, 4.05, 0.05, "B"],
    [4.03, 4, 4.05, 0.05, "A"],
    // Locked and crossed: only beyond both sides.
    [1, 1, 1, 0.01, "MID"],
    [1.01, 1, 1, 0.01, "AA"],
    [0.99, 1, 1, 0.01, "BB"],
    [1.01, 1.02, 1, 0.01, "MID"],
    [1.03, 1.02, 1, 0.01, "AA"],
  ];
  for (const [price, bid, ask, tick, side] of cases) {
    strictEqual(sideOf(price, bid, ask, tick), side, `${price} at ${bid} × ${ask}`);
  }
});

Deno.test("sideWeight() is a half off the middle and nothing at it or without a quote", () => {
  strictEqual(sideWeight("A", 5.2, 5.1), 1);
  strictEqual(sideWeight("BB", 4.9, 5.1), -1);
  strictEqual(sideWeight("MID", 5.15, 5.1), 0.5);
  strictEqual(sideWeight("MID", 5.05, 5.1), -0.5);
  strictEqual(sideWeight("MID", 5.1, 5.1), 0);
  strictEqual(sideWeight("STALE", 5.2, 5.1), 0);
  strictEqual(sideWeight("MISSING", 5.2, null), 0);
});
