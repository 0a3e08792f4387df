import { ok } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById } from "../../engine/regime/mod.ts";
import { addReading, readSession, type SubtypeReading } from "./alignment.ts";

const MINUTES = 75;

Deno.test("what the generator means is what the pipeline reads, from prints and quotes alone", () => {
  const reading = readSession(sessionById(202601140), fixedTimeline(DEFAULT_CONTROL), MINUTES);
  const table = new Map<string, SubtypeReading>();
  addReading(table, reading);
  const rows = [...table.values()];
  const sum = (of: (row: SubtypeReading) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const parents = sum((row) => row.parents);
  ok(rows.length >= 18 && parents >= 150, `${rows.length} subtypes, ${parents} parents`);
  const aligned = sum((row) => row.aligned) / parents;
  ok(aligned >= 0.97, `aligned ${aligned}`);
  const wrong = sum((row) => row.wrong) / parents;
  ok(wrong <= 0.015, `wrong ${wrong}`);
  const events = sum((row) => row.events) / parents;
  ok(events <= 1.02, `events per parent ${events}`);
  ok(sum((row) => row.directed) / sum((row) => row.aligned) >= 0.97);
  ok(sum((row) => row.clear) / sum((row) => row.aligned) >= 0.98);
  let noisePackets = 0;
  for (const [kind, count] of reading.backgroundPackets) {
    if (kind === "mid_size" || kind === "block") continue;
    noisePackets += count;
    ok((reading.backgroundEvents.get(kind)?.named ?? 0) === 0, `${kind} was named`);
  }
  ok(noisePackets > 5_000, `noise packets ${noisePackets}`);
});
