import { deepEqual } from "node:assert/strict";
import { isTight, midOf } from "./quotes.ts";

/** Quotes of one option, points. */
function quotes(bid: number, ask: number, isValid = true) {
  return {
    bidInt: Float64Array.of(Math.round(bid * 1e9)),
    askInt: Float64Array.of(Math.round(ask * 1e9)),
    isValid: Uint8Array.of(isValid ? 1 : 0),
  };
}

Deno.test("isTight() takes up to 4 ticks of the premium or 40 % of it, from a mid of 0.075 on", () => {
  const cases: readonly [number, number, boolean][] = [
    [20, 21, true], // 4 ticks of 0.25
    [20, 28.75, true], // 36 %
    [20, 30.25, false],
    [4.9, 5.1, true], // at 5.00 the small tick still holds
    [2, 3, true], // 40 %
    [2, 3.05, false],
    [0.2, 0.4, true], // 4 ticks of 0.05
    [0.2, 0.45, false],
    [0.05, 0.1, true], // 0.075
    [0.02, 0.1, false],
    [0, 1, false], // one-sided
    [3, 3, false], // locked
    [3, 2.95, false],
  ];
  deepEqual(cases.map(([bid, ask]) => isTight(quotes(bid, ask), 0)), cases.map(([, , is]) => is));
  deepEqual(isTight(quotes(20, 21, false), 0), false);
});

Deno.test("midOf() is 0 unless both quotes are there and not locked or crossed", () => {
  const all = [[1, 1.05], [0, 1], [1, 0], [1, 1], [1.05, 1]] as const;
  deepEqual(all.map(([bid, ask]) => midOf(quotes(bid, ask), 0)), [1.025e9, 0, 0, 0, 0]);
});
