import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../engine/pressure/mod.ts";
import { type CountFrame, CountStage } from "../../engine/stage/testing/count_stage.ts";
import { openRun } from "../feeds/mod.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { GridOutput } from "./grid_output.ts";
import { Market } from "./market.ts";
import { Release } from "./release.ts";

/** Longer than checkpoints are apart. */
const SECONDS = 100;

/** The market of a file with a counting stage beside the pressure pipeline, and what both send. */
async function openPair(path: string, withCounts = true) {
  const run = await openRun({ source: { kind: "file", path }, instrument: "", model: null });
  const { feed, instrument, baseNs } = run;
  const release = new Release();
  const bins: number[] = [];
  const counts: CountFrame[] = [];
  const output = new GridOutput({
    instrument,
    baseNs,
    release,
    trades: null,
    latency: null,
    onBin: ({ seq }) => bins.push(seq),
  });
  const pipeline = new StreamPipeline(instrument, {
    ...run.timing(run.firstBin({ date: null, start: null })),
    projection: QUADRATIC_PROJECTION,
    onBin: (frame) => output.take(frame),
  });
  const counter = new CountStage(baseNs, pipeline.cellNs, (frame) => {
    if (!release.isMuted(frame.binEndNs)) counts.push(frame);
  });
  const market = new Market({
    feed,
    pipeline,
    ahead: withCounts ? [counter] : [],
    output,
    release,
    warmUp: null,
    late: null,
  });
  return { market, pipeline, counter, bins, counts };
}

Deno.test("Market drives a second stage beside the pressure pipeline through checkpoints", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "long.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: SECONDS }));
    const plain = await openPair(path, false);
    while (!await plain.market.step(Infinity));
    const straight = await openPair(path);
    while (!await straight.market.step(Infinity));
    strictEqual(straight.market.hash(), `${straight.counter.hash()}-${plain.market.hash()}`);
    deepStrictEqual(straight.bins, plain.bins, "the pressure bins do not know of it");
    const records = straight.counts.reduce((sum, frame) => sum + frame.records, 0);
    ok(records > 10_000 && records <= plain.market.eventCount, `${records} records`);

    const sought = await openPair(path);
    while (!await sought.market.step(Infinity));
    // Back to a time that has a checkpoint of its own before the first bin that is wanted.
    const targetNs = sought.pipeline.nextBinEndNs - 20e9;
    strictEqual(await sought.market.aim(targetNs, 100), true);
    const positionNs = sought.market.closedUntilNs;
    ok(positionNs <= targetNs - 100 * sought.market.cellNs, "from a checkpoint");
    sought.counts.length = 0;
    sought.bins.length = 0;
    while (!await sought.market.step(Infinity));
    strictEqual(sought.market.hash(), straight.market.hash());
    deepStrictEqual(sought.bins, straight.bins.slice(-sought.bins.length));
    deepStrictEqual(sought.counts, straight.counts.slice(-sought.counts.length));
    strictEqual(sought.counts[0]?.binEndNs, firstAfter(straight.counts, targetNs - 1e10));

    await sought.market.aim(sought.market.cellNs, 0);
    const firstEndNs = straight.counts[0]?.binEndNs ?? 0;
    ok(
      !(sought.market.closedUntilNs > firstEndNs),
      "before the first checkpoint lies the first bin",
    );
    while (!await sought.market.step(Infinity));
    strictEqual(sought.market.hash(), straight.market.hash());
    for (const { market } of [plain, straight, sought]) market.feed.close();
  });
});

function firstAfter(frames: readonly CountFrame[], ns: number): number | undefined {
  return frames.find(({ binEndNs }) => binEndNs > ns)?.binEndNs;
}
