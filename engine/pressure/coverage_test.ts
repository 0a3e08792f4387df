import { ok, strictEqual } from "node:assert/strict";
import { DbnDecoder, type MboBlock } from "../dbn/mod.ts";
import { sampleTest } from "../../jobs/testing/samples.ts";
import { BinClock } from "../clock/mod.ts";
import { benchAdvance, benchFullBin, benchServeWindow, benchThroughput } from "./pressure_bench.ts";
import { PressureEngine } from "./pressure_engine.ts";
import { type EventSink, ReplayFilter } from "./replay_filter.ts";

const BASE_NS = 1_756_000_000_000_000_000n;

/** Runs the engine alone over a file in bins of 100 ms: scores and windows change no coverage. */
function coverage(bytes: Uint8Array, model: "compat" | "complete") {
  const engine = new PressureEngine({
    ticks: 8_192,
    tickNano: 10_000_000,
    model,
    autoAnchor: true,
    strict: false,
  });
  const clock = new BinClock(100_000_000);
  const filter = new ReplayFilter({
    baseNs: BASE_NS,
    symbolOf: () => null,
    symbol: "CLX5",
    future: true,
    fromNs: -Infinity,
    toNs: Infinity,
    skipToNs: 0,
    resetSnapshotClock: true,
    onWarning: () => {},
  });
  const sink: EventSink = {
    onEvent: (tsNs, ...rest) => {
      if (Number.isNaN(clock.endNs)) clock.open(tsNs);
      while (tsNs >= clock.endNs) {
        engine.advance(clock.endNs);
        clock.next();
      }
      engine.update(tsNs, ...rest);
    },
  };
  const decoder = new DbnDecoder();
  const blocks = { onMbo: (block: MboBlock) => filter.run(block, sink) };
  decoder.push(bytes, blocks);
  decoder.finish(blocks);
  return engine.coverage();
}

sampleTest(
  "PressureEngine.coverage() is whole in complete and has the known gaps in compat",
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
