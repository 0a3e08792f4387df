import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type Bar, flowPerBar, heikinAshi, mergeBars, vwap } from "./candle_store.ts";

function bar(ts: number, open: number, high: number, low: number, close: number, volume = 10): Bar {
  return { ts, open, high, low, close, volume, offVolume: volume / 2 };
}

Deno.test("mergeBars() keeps the first open, the last close, the extremes and the sums", () => {
  const bars = [bar(0, 10, 12, 9, 11), bar(60, 11, 15, 10, 14), bar(120, 14, 14, 8, 9)];
  deepStrictEqual(mergeBars(bars, 120), [
    { ts: 0, open: 10, high: 15, low: 9, close: 14, volume: 20, offVolume: 10 },
    { ts: 120, open: 14, high: 14, low: 8, close: 9, volume: 10, offVolume: 5 },
  ]);
});

Deno.test("heikinAshi() opens in the middle of the bar before", () => {
  const [first, second] = heikinAshi([bar(0, 10, 12, 8, 11), bar(60, 11, 15, 10, 14)]);
  strictEqual(first?.open, 10.5);
  strictEqual(first?.close, 10.25);
  strictEqual(second?.open, 10.375);
  strictEqual(second?.close, 12.5);
  strictEqual(second?.high, 15);
  strictEqual(second?.low, 10);
});

Deno.test("vwap() weighs by volume and starts again with a session", () => {
  const bars = [bar(0, 9, 9, 9, 9, 10), bar(60, 12, 12, 12, 12, 30), bar(10_000, 5, 5, 5, 5, 1)];
  deepStrictEqual([...vwap(bars, 600, NaN)], [9, (90 + 360) / 40, 5]);
  deepStrictEqual([...vwap(bars, 600, 60)], [9, 12, 5], "sessions that follow each other at once");
  ok(Number.isNaN(vwap([bar(0, 1, 1, 1, 1, 0)], 600, NaN)[0]));
});

Deno.test("flowPerBar() adds signed and total premium to the bar of each mark", () => {
  const mark = (ts: number, sign: 1 | -1 | 0, premium: number) =>
    ({ id: `${ts}`, ts, sign, premium, kind: "smart-money", label: "", row: null }) as const;
  const { net, gross } = flowPerBar(
    [bar(0, 1, 1, 1, 1), bar(60, 1, 1, 1, 1)],
    [mark(5, 1, 100), mark(59, -1, 40), mark(61, 0, 7), mark(500, 1, 9)],
    60,
  );
  deepStrictEqual([...net], [60, 0]);
  deepStrictEqual([...gross], [140, 7]);
});
