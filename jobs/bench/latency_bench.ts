import { join } from "node:path";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../engine/pressure/mod.ts";
import { percentile } from "../../engine/stats/mod.ts";
import { FuturesTape } from "../../engine/tape/futures/mod.ts";
import { LatencyMeter } from "../market/latency/mod.ts";
import { instrumentFor } from "../feeds/instruments.ts";
import { TimedPipeline } from "../market/timed_pipeline.ts";
import type { BenchRow } from "./row.ts";

const START_NS = 1_767_709_740_000_000_000n;
const BASE_NS = START_NS - 86_400_000_000_000n;
const SECONDS = 120;
const ROUNDS = 7;

/** Times the served pipeline as it runs by default, against the same one with a stopwatch in it. */
export async function latencyRows(now: () => number): Promise<BenchRow[]> {
  const { config } = await instrumentFor("es", "");
  const tape = new FuturesTape({ seed: 1, startNs: START_NS });
  const out = tape.writer();
  tape.generate(SECONDS * 1e9, out);
  const block = out.block();
  const dir = await Deno.makeTempDir({ prefix: "lotus_bench_" });
  const options = {
    baseNs: BASE_NS,
    emitAfterNs: 0,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
  };
  const reports = { onSummary: () => {}, onFailure: () => {} };
  const off = () => {
    const pipeline = new StreamPipeline(config, { ...options, onBin: () => {} });
    return timed(pipeline);
  };
  const on = () => {
    const path = join(dir, "latency.jsonl");
    const meter = new LatencyMeter({ path, from: null, to: null, summaryEvery: 200 }, now, reports);
    const bin = { productType: "future_mbo", symbol: "ES", eventCount: 0, eventId: 0 };
    const pipeline = new TimedPipeline(config, {
      ...options,
      onBin: ({ binSeq, binStartNs, binEndNs }) => {
        meter.times.queuePutStart();
        meter.times.queuePutDone();
        const [startNs, endNs] = [BASE_NS + BigInt(binStartNs), BASE_NS + BigInt(binEndNs)];
        meter.take({ ...bin, seq: binSeq, startNs, endNs });
      },
    }, meter.times);
    const cost = timed(pipeline);
    meter.close();
    return cost;
  };
  const timed = (pipeline: StreamPipeline) => {
    const begin = now();
    pipeline.take(block);
    return (now() - begin) * 1_000 / pipeline.eventCount;
  };
  try {
    const costs: { off: number; on: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) costs.push({ off: off(), on: on() });
    return [{
      name: "latency",
      what: "served pipeline, producer latency not measured (the default)",
      unit: "µs/event",
      measured: percentile(costs.map((cost) => cost.off), 50),
      baseline: {
        what: "measured: a clock reading per event, a line per bin",
        value: percentile(costs.map((cost) => cost.on), 50),
      },
      reach: null,
      note:
        `${block.count} events and their bins, median of ${ROUNDS}; not measured is the plain ` +
        "pipeline class, which has no stopwatch to switch off",
    }];
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
