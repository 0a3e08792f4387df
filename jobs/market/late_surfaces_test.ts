import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { newYorkNs } from "../../engine/clock/mod.ts";
import { specOf, VirtualClock } from "../testing/market_bench.ts";
import { SyntheticFeed } from "../feeds/synthetic_feed.ts";
import { LateSurfaces } from "./late_surfaces.ts";
import { HISTORY_BINS, MarketRun } from "./market_run.ts";
import { openMarket } from "./open.ts";
import { Release } from "./release.ts";
import { LARGEST_SURFACE, WINDOWS_WITH_LARGEST } from "./surface_names.ts";
import { SurfaceStage } from "./surface_stage.ts";
import type { SurfaceWindow } from "./surface_window.ts";

/** A close, at which other options are listed. */
const CLOSE_NS = newYorkNs("2026-01-06", "16:00");
const SECOND_NS = 1_000_000_000n;
/** Seconds before and after the close. */
const SECONDS = 4;

/** Windows around a close of a market whose blocks of a second go to the surfaces by way of `drive`. */
async function windowsOf(
  drive: (stage: SurfaceStage) => { late: LateSurfaces | null; onSecond: (second: number) => void },
): Promise<readonly SurfaceWindow[]> {
  const startNs = CLOSE_NS - BigInt(SECONDS) * SECOND_NS;
  const feed = new SyntheticFeed(3, null, startNs);
  const windows: SurfaceWindow[] = [];
  const stage = new SurfaceStage({
    feed,
    instrument: { symbol: "ESH6", tick_int: 250_000_000 },
    baseNs: startNs,
    release: new Release(),
    onWindow: (window) => windows.push(window),
  });
  const { late, onSecond } = drive(stage);
  const taker = late ?? stage;
  for (let second = 1; second <= 2 * SECONDS; second++) {
    const untilNs = startNs + BigInt(second) * SECOND_NS;
    while (
      await feed.pull(untilNs, 20_000, { mbo: (block) => taker.take(block) }) !== "due"
    );
    taker.closeUntil(second * 1e9);
    onSecond(second);
  }
  taker.finish();
  return windows;
}

Deno.test("LateSurfaces makes the windows of surfaces that never waited, over an expiry too", async () => {
  const straight = await windowsOf(() => ({ late: null, onSecond: () => {} }));
  ok(straight.length >= 2 * SECONDS - 1, `${straight.length} windows`);
  for (const workedAt of [2 * SECONDS, SECONDS + 1, 1]) {
    const late = await windowsOf((stage) => {
      const late = new LateSurfaces(stage);
      return {
        late,
        onSecond: (second) => {
          if (second === workedAt) { while (late.work()); }
        },
      };
    });
    deepStrictEqual(late, straight, `worked off after ${workedAt} s`);
  }
});

Deno.test("the bins of a synthetic market wait for none of its windows, and the past has 300", async () => {
  const clock = new VirtualClock();
  let bins = 0;
  const ends: number[] = [];
  const withLargest: boolean[] = [];
  const opened = await openMarket(specOf("synthetic"), clock, HISTORY_BINS, {
    onBin: () => bins++,
    onSurfaces: ({ endNs, surfaces }) => {
      ends.push(Number(endNs - (opened.market.feed.startNs ?? 0n)));
      withLargest.push((surfaces[LARGEST_SURFACE]?.rows ?? 0) > 0);
    },
    onWarning: () => {},
  });
  const run = new MarketRun(opened, { nowMs: () => clock.nowMs(), speed: 1, paused: false });
  while (run.phase !== "live") await run.step();
  strictEqual(bins, HISTORY_BINS);
  strictEqual(ends.length, 0, "no window was made before");
  while (await run.step() === 0);
  deepStrictEqual(ends, Array.from({ length: 300 }, (_, i) => (i + 1) * 1e9));
  strictEqual(withLargest.filter((has) => has).length, WINDOWS_WITH_LARGEST);
  ok(withLargest.slice(-WINDOWS_WITH_LARGEST).every((has) => has), "the newest have every surface");

  clock.ms += 2_000;
  while (await run.step() === 0);
  strictEqual(ends.length, 302, "those that follow come with the bins");
  opened.market.feed.close();
});
