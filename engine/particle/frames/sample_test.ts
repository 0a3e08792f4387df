import { deepEqual, equal, ok } from "node:assert/strict";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { DbnDecoder } from "../../dbn/mod.ts";
import { ENG, type GridFrame } from "../../frames/mod.ts";
import { DirectionalSignals, panelSums, signalRowsOf } from "../../signals/mod.ts";
import { DEFAULT_LAB } from "../config.ts";
import { Composer } from "../fields/mod.ts";
import { PRESETS, ProducerSet } from "../producers/mod.ts";
import type { MarketFrame } from "./mod.ts";
import { type NaiveFrame, naiveFrames, naiveRecords } from "./testing/naive_frames.ts";
import { BASE_NS, CRUDE_OIL, pipelineOf, readSample, SampleRig } from "./testing/sample_rig.ts";

/** Ticks without a sound book at the end of the real file. */
const LAST_GAP = 1_520;

/** Holds every frame to the walk over the records. */
function checkFrames(frames: readonly MarketFrame[], naive: readonly NaiveFrame[]): void {
  equal(frames.length, naive.length);
  frames.forEach(({ tick, valid, fault, spotTicks, bidTicks, askTicks, scalars }, i) => {
    const { tick: at, quote, ofi } = naive[i]!;
    equal(tick, at);
    equal(valid, quote !== null, `tick ${tick}: ${fault}`);
    if (quote === null) return;
    const [bid, bidQty, ask, askQty] = quote;
    const got = [bidTicks, scalars["book.bidQty"].v, askTicks, scalars["book.askQty"].v];
    deepEqual(got, [...quote], `tick ${tick}`);
    equal(spotTicks, (bid + ask) / 2);
    equal(scalars["book.spread"].v, ask - bid);
    equal(scalars["book.imbalance"].v, (bidQty - askQty) / (bidQty + askQty));
    equal(scalars["flow.ofi"].v, ofi, `tick ${tick}`);
    equal(scalars["flow.ofi"].ageS, 0);
  });
}

sampleTest("LabFrames tells of the real file what a walk over its records does", (dir) => {
  const bytes = readSample(dir);
  const rig = new SampleRig();
  rig.feed(bytes);
  rig.pipeline.finish();
  const naive = naiveFrames(naiveRecords(bytes, CRUDE_OIL.tick_int), 500_000_000n);
  checkFrames(rig.frames, naive);
  const lastSound = rig.frames.findLastIndex(({ valid }) => valid);
  const gap = rig.frames.slice(lastSound + 1);
  equal(gap.length, LAST_GAP);
  equal(rig.frames.filter(({ valid }) => !valid).length, LAST_GAP);
  ok(gap.every(({ quality }) => quality === 0));
  // What was known before the gap grows old and is no other number.
  const { scalars } = gap.at(-1)!;
  equal(scalars["book.bidQty"].ageS, LAST_GAP / 2);
  equal(scalars["book.bidQty"].v, rig.frames[lastSound]!.scalars["book.bidQty"].v);
});

sampleTest("LabFrames follows ticks of any width", (dir) => {
  const bytes = readSample(dir, 6_000);
  const rig = new SampleRig({ dt: 0.07 });
  rig.feed(bytes);
  checkFrames(rig.frames, naiveFrames(naiveRecords(bytes, CRUDE_OIL.tick_int), 70_000_000n));
});

sampleTest("LabFrames knows no chunks", (dir) => {
  const bytes = readSample(dir, 3_000);
  const framesOf = (piece: number) => {
    const rig = new SampleRig();
    rig.feed(bytes, piece);
    rig.pipeline.closeUntil(rig.pipeline.nextBinEndNs + 5e9);
    return rig.frames;
  };
  const whole = framesOf(bytes.length);
  ok(whole.length > 100);
  for (const piece of [1, 55, 4_096]) deepEqual(framesOf(piece), whole, `pieces of ${piece} bytes`);
});

sampleTest("LabFrames.restore() goes on as if it had not been interrupted", (dir) => {
  const bytes = readSample(dir, 6_000);
  const whole = new SampleRig();
  whole.feed(bytes);
  const [first, second] = [new SampleRig(), new SampleRig()];
  const at = 360 + 56 * 2_500;
  first.feed(bytes.subarray(0, at));
  const saved = structuredClone(
    [first.pipeline.save(), first.lab.save(), first.signals.save()] as const,
  );
  second.pipeline.restore(saved[0]);
  second.lab.restore(saved[1]);
  second.signals.restore(saved[2]);
  const rest = { onMbo: second.pipeline.take.bind(second.pipeline) };
  const decoder = new DbnDecoder();
  decoder.push(bytes.subarray(0, at), {});
  decoder.push(bytes.subarray(at), rest);
  ok(first.frames.length > 50 && second.frames.length > 50);
  deepEqual([...first.frames, ...second.frames], whole.frames);
});

sampleTest("StreamPipeline gives the same bins and the same hash with a tap", (dir) => {
  const bytes = readSample(dir, 4_000);
  const keep = (bins: GridFrame[]) => (bin: GridFrame) => void bins.push(structuredClone(bin));
  const plain: GridFrame[] = [];
  const pipeline = pipelineOf(keep(plain));
  new DbnDecoder().push(bytes, { onMbo: pipeline.take.bind(pipeline) });
  const tapped: GridFrame[] = [];
  const rig = new SampleRig({ onBin: keep(tapped) });
  rig.feed(bytes);
  for (const { closeUntil } of [pipeline, rig.pipeline].map((p) => ({ closeUntil: p }))) {
    closeUntil.closeUntil(closeUntil.nextBinEndNs + 2e9);
    closeUntil.finish();
  }
  ok(rig.frames.length > 0);
  deepEqual(tapped, plain);
  equal(rig.pipeline.hash(), pipeline.hash());
});

/** What a bin tells. */
interface KeptBin {
  readonly isSound: boolean;
  readonly endNs: number;
  readonly refTicks: number;
  readonly score: Float32Array;
  readonly depth: Float32Array;
  readonly netEdge: number;
  readonly forceTotal: number;
  readonly signal: number;
}

sampleTest("LabFrames takes its profiles from the last bin that ends by the tick's end", (dir) => {
  const signals = new DirectionalSignals(CRUDE_OIL.cell_width_ms);
  const bins: KeptBin[] = [];
  const rig = new SampleRig({
    onBin: (bin) => {
      const { composite, warmup } = signals.update(signalRowsOf(bin));
      const [pressure, vacuum] = [bin.engine[ENG.PRESSURE]!, bin.engine[ENG.VACUUM]!];
      const restDepth = bin.engine[ENG.REST_DEPTH]!;
      const { k, spotHalfTick } = bin;
      const sums = panelSums({ k, spotHalfTick, pressure, vacuum, restDepth });
      const up = sums.pressureBelow + sums.vacuumAbove;
      const down = sums.pressureAbove + sums.vacuumBelow;
      bins.push({
        endNs: bin.binEndNs,
        refTicks: bin.spotRefPriceInt / CRUDE_OIL.tick_int,
        score: Float32Array.from(bin.score),
        depth: Float32Array.from(restDepth),
        netEdge: up - down,
        forceTotal: up + down,
        isSound: bin.spotRefPriceInt > 0 && bin.bestAskPriceInt > bin.bestBidPriceInt,
        signal: warmup === 1 ? Math.max(-1, Math.min(1, composite)) : NaN,
      });
    },
  });
  rig.feed(readSample(dir, 4_000));
  let checked = 0;
  let bin: KeptBin | undefined;
  for (const { tick, profiles, scalars } of rig.frames) {
    const endNs = Number(BigInt(tick + 1) * 500_000_000n - BASE_NS);
    const last = bins.findLast((kept) => kept.endNs <= endNs);
    if (last?.isSound) bin = last;
    if (bin === undefined) continue;
    const ageS = (endNs - bin.endNs) / 1e9;
    deepEqual(profiles["vp.score"], {
      x0: -50,
      step: 1,
      refTicks: bin.refTicks,
      v: bin.score,
      ageS,
    });
    deepEqual(profiles["vp.depth"].v, bin.depth);
    equal(profiles["vp.proj500"].ageS, Infinity, "the engine offers no such horizon");
    deepEqual(scalars["vp.netEdge"], { v: bin.netEdge, ageS });
    deepEqual(scalars["vp.forceTotal"], { v: bin.forceTotal, ageS });
    if (!Number.isNaN(bin.signal)) deepEqual(scalars["vp.signal"], { v: bin.signal, ageS });
    else equal(scalars["vp.signal"].ageS, Infinity);
    ok(ageS < 0.1 || last !== bin);
    checked++;
  }
  ok(checked > 100 && bins.some(({ signal }) => !Number.isNaN(signal)));
});

sampleTest("ProducerSet makes a medium of the frames of a real market", (dir) => {
  const producers = new ProducerSet(DEFAULT_LAB, PRESETS.book);
  const composer = new Composer(DEFAULT_LAB);
  const stale = new Set<string>();
  let media = 0;
  const rig = new SampleRig({
    onFrame: (frame) => {
      if (!frame.valid) return;
      producers.take(frame, composer);
      for (const id of producers.stale) stale.add(id);
      const { U, C, G } = composer.fields;
      if ([U, C, G].every((field) => field.some((value) => value !== 0))) media++;
    },
  });
  rig.feed(readSample(dir, 3_000));
  equal(composer.badCells, 0);
  deepEqual([...stale], [], "every feed of the book is fresh at every tick");
  ok(media > 100, `${media} ticks with a medium`);
});
