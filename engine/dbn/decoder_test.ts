import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { everyTypeFile, mboFile, patternRecord } from "./_fixtures.ts";
import { LAYOUTS } from "./_layout.ts";
import { chunked, decodeAll } from "./_test_util.ts";
import { decodeDbn } from "./decode.ts";
import { DbnDecoder, type DbnSink } from "./decoder.ts";
import { concatBytes } from "./encode.ts";
import { DbnError } from "./error.ts";
import { mboRecord } from "./mbo_record.ts";
import { encodeRecord } from "./record.ts";
import { compressZstd } from "./zstd_write.ts";

function shifted(bytes: Uint8Array, by: number): Uint8Array {
  const room = new Uint8Array(bytes.length + by);
  room.set(bytes, by);
  return room.subarray(by);
}

Deno.test("DbnDecoder delivers aligned mbo records in place and others as a copy", () => {
  const file = mboFile(3, 40);
  for (const by of [0, 1, 2, 3, 4]) {
    const input = shifted(file, by);
    const seen: unknown[] = [];
    const blocks: boolean[] = [];
    new DbnDecoder().push(input, {
      onMbo: (block) => {
        equal(block.strideWords, 14);
        blocks.push(block.words.buffer === input.buffer);
        for (let i = 0; i < block.count; i++) seen.push(mboRecord(block, i)["order_id"]);
      },
    });
    deepStrictEqual(blocks, [by % 4 === 0]);
    equal(seen.length, 40);
    equal(new Set(seen).size, 40);
  }
});

Deno.test("DbnDecoder splits long unaligned runs by its scratch without losing a record", async () => {
  const record = encodeRecord(patternRecord(LAYOUTS[3][0]!, 1));
  const count = 9_000;
  const input = shifted(concatBytes([mboFile(3, 0), ...new Array(count).fill(record)]), 1);
  const all = await decodeAll([input]);
  equal(all.records.length, count);
  deepStrictEqual(all.records[count - 1], all.records[0]);
});

Deno.test("DbnDecoder keeps file order between mbo blocks and other records", async () => {
  const mbo = LAYOUTS[3].find((entry) => entry.record === "mbo")!;
  const trade = LAYOUTS[3].find((entry) => entry.record === "trade")!;
  const order = [mbo, mbo, trade, mbo, trade, trade, mbo];
  const parts = order.map((layout, i) => encodeRecord(patternRecord(layout, i)));
  const input = concatBytes([mboFile(3, 0), ...parts]);
  for (const size of [5, 56, 1 << 16]) {
    const all = await decodeAll(chunked(input, size));
    deepStrictEqual(all.records.map((r) => r["record"]), order.map((layout) => layout.record));
  }
});

Deno.test("DbnDecoder skips and counts records of unknown type", async () => {
  const unknown = new Uint8Array(24);
  unknown.set([6, 0x77]);
  const all = await decodeAll([concatBytes([mboFile(3, 2), unknown, mboFile(3, 1).slice(-56)])]);
  equal(all.records.length, 3);
  deepStrictEqual(all.counters, { records: 4, unknownRecords: 1, withoutTsOut: 0 });
});

Deno.test("DbnDecoder reads the known front of longer records and counts missing ts_out", async () => {
  const mbo = patternRecord(LAYOUTS[3][0]!, 1);
  const head = everyTypeFile(3, true).slice(
    0,
    8 + new DataView(everyTypeFile(3, true).buffer).getUint32(4, true),
  );
  const plain = encodeRecord(mbo);
  const suffixed = encodeRecord({ ...mbo, ts_out: "77" });
  const longer = new Uint8Array(72);
  longer.set(suffixed.subarray(0, 56));
  longer.set(suffixed.subarray(56), 64);
  longer[0] = 18;
  const all = await decodeAll([concatBytes([head, plain, suffixed, longer])]);
  deepStrictEqual(all.records.map((r) => r["ts_out"]), [undefined, "77", "77"]);
  deepStrictEqual(all.records[2], all.records[1]);
  equal(all.counters?.withoutTsOut, 1);
});

Deno.test("DbnDecoder tells the version of a fragment by the record sizes", async () => {
  for (const version of [1, 2, 3] as const) {
    const layouts = LAYOUTS[version].filter((entry) => entry.rtype >= 0x13 && entry.rtype <= 0x18);
    const definition = layouts.find((entry) => entry.record === "definition")!;
    const order = [definition, ...layouts];
    const parts = order.map((layout, i) => encodeRecord(patternRecord(layout, i), version));
    const asIs = await decodeAll(chunked(concatBytes(parts), 11), { upgrade: "as-is" });
    deepStrictEqual(asIs.records.map((r) => r["record_bytes"]), order.map((entry) => entry.bytes));
    const upgraded = await decodeAll([concatBytes(parts)]);
    const v3 = order.map((entry) => LAYOUTS[3].find((l) => l.rtype === entry.rtype)!.bytes);
    deepStrictEqual(upgraded.records.map((r) => r["record_bytes"]), v3);
  }
});

Deno.test("DbnDecoder takes version and ts_out of a fragment from the caller", async () => {
  const input = encodeRecord({ ...patternRecord(LAYOUTS[3][0]!, 3), ts_out: "9" });
  const all = await decodeAll([input], { fragmentVersion: 3, fragmentTsOut: true });
  equal(all.records[0]?.["ts_out"], "9");
});

Deno.test("DbnDecoder delivers versions 1 and 2 under every policy and refuses 3 as 2", async () => {
  for (const version of [1, 2] as const) {
    const all = await decodeAll([everyTypeFile(version, true)], { upgrade: "v2" });
    equal(all.metadata?.version, 2);
    equal(all.metadata?.symbolCstrLen, 71);
    const sizes = all.records.map((r) => Number(r["record_bytes"]) - 8).sort();
    deepStrictEqual(sizes, LAYOUTS[2].map((entry) => entry.bytes).sort());
  }
  equal((await decodeAll([everyTypeFile(3, false)], { upgrade: "v2" })).error?.code, "upgrade");
});

Deno.test("DbnDecoder reports every cut with the records before it", () => {
  for (const version of [1, 2, 3] as const) {
    const file = everyTypeFile(version, false);
    const start = 8 + new DataView(file.buffer).getUint32(4, true);
    const ends = [start];
    for (let at = start; at < file.length; at += 4 * file[at]!) ends.push(at + 4 * file[at]!);
    for (let cut = 0; cut <= file.length; cut++) {
      const decoder = new DbnDecoder();
      const whole = ends.filter((end) => end <= cut).length - 1;
      decoder.push(file.subarray(0, cut), {});
      equal(decoder.counters.records, Math.max(0, whole));
      if (ends.includes(cut)) {
        equal(decoder.finish({}).records, whole);
        continue;
      }
      const trailing = cut < start ? cut : cut - ends[whole]!;
      throws(() => decoder.finish({}), (error) => {
        ok(error instanceof DbnError);
        equal(error.code, "truncated");
        equal(error.trailingBytes, trailing);
        if (cut >= start) equal(error.byteOffset, ends[whole]);
        return true;
      });
    }
  }
});

const BROKEN: readonly [name: string, code: string, change: (file: Uint8Array) => Uint8Array][] = [
  ["no bytes", "truncated", () => new Uint8Array(0)],
  ["text", "magic", () => new TextEncoder().encode('{"record":"mbo","size":1}')],
  ["a wrong third letter", "magic", (f) => (f[2] = 0x4f, f)],
  ["version 0", "version", (f) => (f[3] = 0, f)],
  ["version 4", "version", (f) => (f[3] = 4, f)],
  ["metadata of 99 bytes", "metadata", (f) => (f.set([99, 0, 0, 0], 4), f)],
  ["metadata of 4 GB", "metadata", (f) => (f.fill(255, 4, 8), f)],
  ["a schema definition", "metadata", (f) => (f[108] = 1, f)],
  ["symbols without width", "metadata", (f) => (f.fill(0, 53, 55), f)],
  ["4 G symbols", "metadata", (f) => (f.fill(255, 112, 116), f)],
  ["a record of length 0", "record-length", (f) => (f[f.length - 56] = 0, f)],
  ["a record of 12 bytes", "record-length", (f) => (f[f.length - 56] = 3, f)],
  ["an mbo record of 52 bytes", "record-length", (f) => (f[f.length - 56] = 13, f)],
  ["a definition of 56 bytes", "record-length", (f) => (f[f.length - 55] = 0x13, f)],
];

for (const [name, code, change] of BROKEN) {
  Deno.test(`DbnDecoder refuses ${name} with code ${code}`, async () => {
    const all = await decodeAll([change(mboFile(3, 3))]);
    equal(all.error?.code, code);
    if (name === "4 G symbols") equal(all.error?.byteOffset, 112);
    if (code === "record-length") {
      equal(all.records.length, 2);
      equal(all.error?.recordIndex, 2);
      equal(all.error?.byteOffset, mboFile(3, 2).length);
    }
  });
}

Deno.test("decodeDbn() names the legacy container", async () => {
  const file = new Uint8Array(64);
  file.set([0x51, 0x2a, 0x4d, 0x18, 48, 0, 0, 0, 0x44, 0x42, 0x5a, 1]);
  equal((await decodeAll(chunked(file, 3))).error?.code, "dbz");
});

Deno.test("decodeDbn() closes its source at the end, on damage and when the sink throws", async () => {
  const file = mboFile(3, 3);
  const broken = file.slice();
  broken[3] = 9;
  const zstd = concatBytes(compressZstd([file]));
  const stop = () => {
    throw new RangeError("stop");
  };
  const cases = [[file, {}], [broken, {}], [file, { onMetadata: stop }], [zstd, { onMbo: stop }]];
  for (const [bytes, sink] of cases as [Uint8Array, DbnSink][]) {
    let closed = 0;
    const source = function* (): Generator<Uint8Array> {
      try {
        yield* chunked(bytes, 40);
      } finally {
        closed++;
      }
    };
    await decodeDbn(source(), sink).catch(() => {});
    equal(closed, 1);
  }
});
