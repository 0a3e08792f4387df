import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../../engine/pressure/mod.ts";
import { StageDrive } from "../../feeds/mod.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { coneOutcomes, coverageOf } from "./coverage.ts";
import { openPreset, openRecording } from "./markets.ts";
import { midsOf } from "./mids.ts";

/** A walk in steps of half a tick, ten mids a second. */
function walk(mids: number): Float64Array {
  let state = 9;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let mid = 1_000;
  return Float64Array.from({ length: mids }, () => {
    const draw = next();
    return mid += draw < 0.2 ? -0.5 : draw < 0.4 ? 0.5 : 0;
  });
}

Deno.test("coverageOf() finds a cone calibrated over a walk, in every third, and the naive one too", () => {
  const coverage = coverageOf(coneOutcomes(walk(200_000), 5));
  strictEqual(coverage.outcomes, 20_000 - 6);
  ok(Math.abs(coverage.held50 - 0.5) < 0.03, `${coverage.held50}`);
  for (const held of [coverage.held80, coverage.naive80, ...coverage.thirds]) {
    ok(Math.abs(held - 0.8) < 0.04, `${held}`);
  }
});

Deno.test("coneOutcomes() pairs no interval with an outcome across a hole", () => {
  const mids = walk(2_000);
  mids[1_000] = NaN;
  for (let i = 1_001; i < 2_000; i++) mids[i]! += 500;
  const outcomes = coneOutcomes(mids, 10);
  ok(outcomes.every(({ size }) => size < 50));
  strictEqual(outcomes.length, 100 - 11 + 100 - 10);
});

Deno.test("coverageOf() counts an outcome on the edge as held", () => {
  const outcome = { deviation: 1, half50: 0.5, half80: 1, size: 1 };
  const { held50, held80, same } = coverageOf([outcome, { ...outcome, size: 0 }]);
  deepStrictEqual([held50, held80, same], [0.5, 1, 0.5]);
});

Deno.test("midsOf() gives ten mids a second of a market, the same for the same seed", async () => {
  const mids = await midsOf(await openPreset("balanced_demo", 3, 0), 600);
  strictEqual(mids.length, 600);
  ok(mids.every((mid) => Number.isInteger(2 * mid)), "whole half ticks");
  deepStrictEqual(await midsOf(await openPreset("balanced_demo", 3, 0), 600), mids);
});

sampleTest("midsOf() gives the mids of the heatmap's bins", async (dir) => {
  const path = samplePath(dir, "CLX5_mbo.dbn");
  const run = await openRecording(path);
  const tick = run.instrument.tick_int;
  const shown: number[] = [];
  const pipeline = new StreamPipeline({ ...run.instrument, n_absolute_ticks: 1_024 }, {
    ...run.timing(run.firstBin({ date: null, start: null })),
    projection: QUADRATIC_PROJECTION,
    onBin: ({ bookValid, spotRefPriceInt, bestBidPriceInt: bid, bestAskPriceInt: ask }) => {
      const isSound = bookValid && spotRefPriceInt > 0 && ask > bid;
      shown.push(isSound ? (bid + ask) / (2 * tick) : NaN);
    },
  });
  const drive = new StageDrive(run.feed, pipeline);
  while (shown.length < 3_000 && await drive.step(Number.MAX_SAFE_INTEGER) !== "ended");
  run.feed.close();
  const mids = await midsOf(await openRecording(path), 3_000);
  deepStrictEqual([...mids], shown.slice(0, 3_000));
});
