import { ok, strictEqual } from "node:assert/strict";
import { DbnDecoder } from "../dbn/mod.ts";
import { sampleTest } from "../../jobs/testing/samples.ts";
import { parseInstrument } from "./instrument.ts";
import { benchAdvance, benchFullBin, benchServeWindow, benchThroughput } from "./pressure_bench.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { StreamPipeline } from "./stream_pipeline.ts";

const BASE_NS = 1_756_000_000_000_000_000n;

function coverage(bytes: Uint8Array, model: "compat" | "complete") {
  const path = `${import.meta.dirname}/../../fixtures/instruments/cl.yaml`;
  const cl = { ...parseInstrument(Deno.readTextFileSync(path), path), pressure_model: model };
  const pipeline = new StreamPipeline({ ...cl, zscore_window_bins: 2, zscore_min_periods: 2 }, {
    baseNs: BASE_NS,
    emitAfterNs: 0,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    onBin: () => {},
  });
  const sink = { onMbo: pipeline.onBlock.bind(pipeline) };
  const decoder = new DbnDecoder();
  decoder.push(bytes, sink);
  decoder.finish(sink);
  pipeline.finish();
  return pipeline.coverage();
}

sampleTest(
  "StreamPipeline.coverage() is whole in complete and has the known gaps in compat",
  (dir) => {
    const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
    const { add, pull, fill } = coverage(bytes, "compat");
    ok(Math.abs(fill - 0.62) < 0.005, `fill ${fill}`);
    ok(Math.abs(add - 0.961) < 0.001, `add ${add}`);
    ok(Math.abs(pull - 0.986) < 0.001, `pull ${pull}`);
    const whole = coverage(bytes, "complete");
    strictEqual(whole.add, 1);
    strictEqual(whole.pull, 1);
    strictEqual(whole.fill, 1);
    console.log(`compat reaches: add ${add}, pull ${pull}, fill ${fill}`);
  },
);

sampleTest("benchThroughput() times the whole path and the obvious one", (dir) => {
  let clockMs = 0;
  const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`).subarray(0, 1_000_000);
  const records = Math.floor(
    (bytes.length - 8 - new DataView(bytes.buffer).getUint32(4, true)) / 56,
  );
  const head = bytes.length -
    (bytes.length - 8 - new DataView(bytes.buffer).getUint32(4, true)) % 56;
  const result = benchThroughput(() => ++clockMs, bytes.subarray(0, head), BASE_NS, "compat", 10);
  strictEqual(result.events, records + 1);
  strictEqual(result.naiveEvents, 3_000);
});

Deno.test("the benches of a bin time both ways over the ticks they name", () => {
  let clockMs = 0;
  const now = () => ++clockMs;
  for (const model of ["compat", "complete"] as const) {
    strictEqual(benchAdvance(now, model, 300, 5).fast.p50, 1);
    strictEqual(benchFullBin(now, model, 10, 5).naive.p50, 1);
  }
  strictEqual(benchServeWindow(now, 5).fast.p99, 1);
});
