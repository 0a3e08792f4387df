import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { DbnDecoder } from "../../../engine/dbn/mod.ts";
import { DEFAULT_LAB, LabError, LabLoop, PRESETS } from "../../../engine/particle/mod.ts";
import { LabFrames, type MarketFrame } from "../../../engine/particle/frames/mod.ts";
import { FrameMedium } from "../../../engine/particle/producers/mod.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../../engine/pressure/mod.ts";
import { DirectionalSignals, signalRowsOf } from "../../../engine/signals/mod.ts";
import { openRun } from "../../feeds/mod.ts";
import { tapeBytes, withTempDir } from "../../testing/market_files.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { evaluateFile, type FileOptions } from "./evaluate_file.ts";

/** Runs `work` with a market file that is gone afterwards. */
async function withMarket(seconds: number, work: (options: FileOptions) => Promise<void>) {
  await withTempDir(async (folder) => {
    const file = join(folder, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds }));
    await work({ file, instrument: "", preset: "book", seed: 1 });
  });
}

/** Digest of a live lab that was told the frames of a file as they came, and how many were valid. */
async function liveDigest(file: string): Promise<readonly [digest: string, ticks: number]> {
  const planned = await openRun({
    source: { kind: "file", path: file },
    instrument: "",
    model: null,
  });
  const { baseNs, instrument } = planned;
  const medium = new FrameMedium(DEFAULT_LAB, PRESETS.book);
  const options = { isGuarded: true, lattice: 0.5, moveSq: "learned" } as const;
  const loop = new LabLoop(DEFAULT_LAB, "rls", options);
  let ticks = 0;
  const onFrame = (frame: MarketFrame) => {
    if (!frame.valid) return;
    ticks++;
    const { v, ageS } = frame.scalars["flow.ofiNorm"];
    loop.advance(frame.tick, frame.spotTicks, ageS < 3 ? v : 0, medium.take(frame));
  };
  const tap = new LabFrames({
    baseNs,
    dt: 0.5,
    instrument,
    labTickNano: instrument.tick_int,
    onFrame,
  });
  const signals = new DirectionalSignals(instrument.cell_width_ms);
  const pipeline = new StreamPipeline(instrument, {
    ...planned.timing(planned.firstBin({ date: null, start: null })),
    projection: QUADRATIC_PROJECTION,
    onBin: (bin) => tap.takeBin(bin, signals.update(signalRowsOf(bin))),
    tap,
  });
  planned.feed.close();
  new DbnDecoder().push(await Deno.readFile(file), { onMbo: pipeline.take.bind(pipeline) });
  return [loop.digest, ticks];
}

Deno.test("evaluateFile() says what a live lab says, tick by tick", async () => {
  await withMarket(560, async (options) => {
    const { report, symbol, unfed } = await evaluateFile(options);
    deepEqual([report.digest, report.ticks], await liveDigest(options.file));
    ok(report.ticks > 1_000, String(report.ticks));
    equal(symbol, "ESH6");
    deepEqual(unfed, []);
  });
});

Deno.test("evaluateFile() names producers that nothing in a recording feeds", async () => {
  await withMarket(540, async (options) => {
    const { unfed } = await evaluateFile({ ...options, preset: "full" });
    deepEqual(unfed, ["p-nu", "p-omega", "p-vel", "p-gex", "p-gexpin"]);
  });
});

Deno.test("evaluateFile() refuses a recording that is too short to say anything", async () => {
  await withMarket(60, async (options) => {
    await rejects(
      evaluateFile(options),
      (error) => error instanceof LabError && error.code === "data" && error.field === "ticks",
    );
  });
});

sampleTest("evaluateFile() of the real file's beginning covers what it says", async (dir) => {
  await withTempDir(async (folder) => {
    const file = join(folder, "CLX5_mbo.dbn");
    const bytes = await Deno.readFile(samplePath(dir, "CLX5_mbo.dbn"));
    await Deno.writeFile(file, bytes.subarray(0, 360 + 56 * 9_000));
    const { report } = await evaluateFile({ file, instrument: "", preset: "book", seed: 1 });
    const { coverage, jumps, ticks, placebo, interval, skill } = report;
    ok(ticks > 1_500 && jumps <= 0.01 * ticks, `${jumps} of ${ticks}`);
    ok(coverage.scaled.every((share) => Math.abs(share - 0.8) < 0.04), String(coverage.scaled));
    ok(placebo.published.every((of) => Math.abs(of) < 0.01), String(placebo.published));
    interval.published.forEach(([low, high], i) => {
      ok(low <= skill.published[i]! && skill.published[i]! <= high);
    });
  });
});
