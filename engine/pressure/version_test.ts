import { deepStrictEqual } from "node:assert/strict";
import {
  feedEvent,
  type GoldenEvent,
  type GoldenRun,
  instrumentOf,
  projectionOf,
  readGolden,
  timesOf,
} from "./testing/golden.ts";
import { ENGINE_VERSION } from "./version.ts";
import { StreamPipeline } from "./stream_pipeline.ts";

Deno.test("ENGINE_VERSION rises when the same events give another state: stored books rely on it", () => {
  const run = readGolden<GoldenRun>("random-stream.json.gz");
  const { events } = readGolden<{
    events: { ts0_ns: string; rows: readonly (readonly (number | string)[])[] };
  }>("random-events.json.gz");
  const firstNs = BigInt(events.ts0_ns);
  const hashes = (["complete", "compat"] as const).map((model) => {
    const times = timesOf(run, firstNs);
    const pipeline = new StreamPipeline(instrumentOf(run, model), {
      ...times,
      projection: projectionOf(run),
      onBin: () => {},
    });
    for (const row of events.rows) {
      const event = [String(firstNs + BigInt(row[0]!)), ...row.slice(1)];
      feedEvent(pipeline, event as unknown as GoldenEvent, times.baseNs);
    }
    pipeline.finish();
    return pipeline.hash();
  });
  // Another hash here needs another version there.
  deepStrictEqual([ENGINE_VERSION, ...hashes], ["1", "64ddd0f2e76cbc7b", "f96299d16420b489"]);
});
