import { deepStrictEqual, ok } from "node:assert/strict";
import type { EquityPrint } from "../../../engine/frames/mod.ts";
import { sampleTape } from "../../testing/tape_records.ts";
import { type ReadPage, StoredStream } from "./_stored_stream.ts";

const START_TS = 1_770_000_000_000;

/** A store of prints, one each millisecond. */
function denseStore(count: number): ReadPage {
  const [sample] = sampleTape(1, 1, START_TS).equities;
  ok(sample !== undefined);
  const prints: EquityPrint[] = Array.from(
    { length: count },
    (_, i) => ({ ...sample, seq: i + 1, source_ts: START_TS + i }),
  );
  return ((_stream, after, untilTs, limit) => {
    const left = prints.filter(({ source_ts, seq }) =>
      source_ts <= untilTs &&
      (source_ts > after.ts || (source_ts === after.ts && seq > after.seq))
    );
    const rows = left.slice(0, limit);
    const last = rows.at(-1);
    const next = left.length > limit && last !== undefined
      ? { ts: last.source_ts, seq: last.seq }
      : null;
    return Promise.resolve({ rows, next });
  }) as ReadPage;
}

Deno.test("StoredStream.fill() reads on where many rows are left that do not reach far enough", async () => {
  const stream = new StoredStream("equities", denseStore(9_000), START_TS, START_TS + 9_000);
  await stream.fill(START_TS + 1_500);
  for (let i = 0; i < 500; i++) stream.shift();
  await stream.fill(START_TS + 5_000); // 1,500 rows are here, and 3,000 are missing
  const seqs: number[] = [];
  while (stream.peek() !== null) seqs.push(stream.shift()?.seq ?? 0);
  ok(seqs.length >= 4_500, `${seqs.length}`);
  deepStrictEqual(seqs, Array.from({ length: seqs.length }, (_, i) => 501 + i));
});
