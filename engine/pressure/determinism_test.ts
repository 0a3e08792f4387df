import { ok, strictEqual } from "node:assert/strict";
import { FLAG } from "../dbn/mod.ts";
import { sampleTest } from "../../jobs/testing/samples.ts";
import { parseInstrument } from "./instrument_file.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { type PipelineState, StreamPipeline } from "./stream_pipeline.ts";
import { feedEvent, type GoldenEvent, readGolden } from "./testing/golden.ts";
import { type HashJob, hashOfRun } from "./testing/hash_run.ts";

const INSTRUMENTS = `${import.meta.dirname}/../../fixtures/instruments`;

function instrument(name: string, model: "compat" | "complete") {
  const path = `${INSTRUMENTS}/${name}.yaml`;
  return { ...parseInstrument(Deno.readTextFileSync(path), path), pressure_model: model };
}

async function hashInWorker(job: HashJob): Promise<string> {
  const worker = new Worker(new URL("./testing/hash_run.ts", import.meta.url), { type: "module" });
  try {
    const answer = Promise.withResolvers<string>();
    worker.onmessage = (event: MessageEvent<string>) => answer.resolve(event.data);
    worker.onerror = (event) => answer.reject(new Error(event.message));
    worker.postMessage(job);
    return await answer.promise;
  } finally {
    worker.terminate();
  }
}

for (const model of ["compat", "complete"] as const) {
  sampleTest(
    `StreamPipeline.hash() in the model ${model} knows no chunks, no thread`,
    async (dir) => {
      const whole = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
      const head = 8 + new DataView(whole.buffer).getUint32(4, true);
      const bytes = whole.slice(0, head + 56 * 4_000);
      const baseNs = 1_758_600_000_000_000_000n;
      const cl = instrument("cl", model);
      const expected = hashOfRun(bytes, bytes.length, cl, baseNs);
      for (const chunk of [1, 7, 55, 56, 4_096, 65_537, 1_048_576]) {
        strictEqual(hashOfRun(bytes, chunk, cl, baseNs), expected, `chunks of ${chunk} bytes`);
      }
      strictEqual(await hashInWorker({ bytes, instrument: cl, baseNs }), expected);
      ok(hashOfRun(bytes.slice(0, bytes.length - 56), 4_096, cl, baseNs) !== expected);
    },
  );

  Deno.test(`StreamPipeline.restore() in the model ${model} continues to the same hash`, () => {
    const { events } = readGolden<{
      events: { ts0_ns: string; rows: readonly (readonly (number | string)[])[] };
    }>("random-events.json.gz");
    const firstNs = BigInt(events.ts0_ns);
    const baseNs = firstNs - 1_000_000_000n;
    const make = () =>
      new StreamPipeline({ ...instrument("mnq", model), n_absolute_ticks: 1_024 }, {
        baseNs,
        emitAfterNs: 0,
        warmupStartNs: 0,
        projection: QUADRATIC_PROJECTION,
        onBin: () => {},
      });
    const rows = events.rows.slice(6_000, 12_000).map((row) =>
      [String(firstNs + BigInt(row[0]!)), ...row.slice(1)] as unknown as GoldenEvent
    );
    const whole = make();
    let kept: PipelineState | null = null;
    rows.forEach((event, i) => {
      if (i === 2_500) kept = structuredClone(whole.save());
      feedEvent(whole, event, baseNs);
    });
    whole.finish();
    const copy = make();
    for (const event of rows.slice(0, 100)) feedEvent(copy, event, baseNs);
    ok(kept !== null);
    copy.restore(kept);
    for (const event of rows.slice(2_500)) feedEvent(copy, event, baseNs);
    copy.finish();
    strictEqual(copy.hash(), whole.hash());
    ok(whole.binCount > 100);
  });
}

Deno.test("StreamPipeline shows a one-sided, a crossed and a cleared book and a halt without NaN", () => {
  const second = 1_000_000_000n;
  const baseNs = 1_758_600_000_000_000_000n;
  const shown: { spot: number; valid: boolean; pressure: number }[] = [];
  const pipeline = new StreamPipeline(instrument("mnq", "complete"), {
    baseNs,
    emitAfterNs: 0,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    onBin: (frame) => {
      for (const column of [...frame.engine, frame.score, ...frame.projections]) {
        ok(column.every(Number.isFinite));
      }
      const pressure = frame.engine[16]!.reduce((sum, x) => sum + x, 0);
      shown.push({ spot: frame.spotRefPriceInt, valid: frame.bookValid, pressure });
    },
  });
  const at = (seconds: number, action: string, side: string, ticks: number, id: number): void =>
    feedEvent(pipeline, [
      String(baseNs + BigInt(seconds) * second),
      action,
      side,
      ticks * 250_000_000,
      5,
      id,
      FLAG.LAST,
    ], baseNs);
  at(1, "A", "B", 86_000, 1);
  at(2, "A", "A", 86_001, 2);
  at(3, "A", "B", 86_003, 3); // crossed
  at(4, "C", "A", 86_001, 2); // no ask left
  at(5, "R", "N", 0, 0);
  at(6, "A", "B", 86_000, 4);
  at(6, "A", "A", 86_002, 5);
  at(2_706, "A", "B", 86_000, 6); // 45 minutes of nothing
  pipeline.finish();
  strictEqual(shown.length, 10 * 2_705 + 1);
  strictEqual(shown[5]?.spot, 0);
  strictEqual(shown[15]?.spot, 86_001 * 250_000_000);
  strictEqual(shown[25]?.spot, 86_002 * 250_000_000);
  strictEqual(shown[35]?.spot, 0);
  strictEqual(shown[55]?.spot, 86_001 * 250_000_000);
  ok(shown[45]?.valid === false && shown[55]?.valid === true);
  ok(shown.at(-2)!.pressure < 1e-100 && shown.at(-1)!.pressure > 0);
});
