import { deepEqual, deepStrictEqual, equal, ok } from "node:assert/strict";
import { sampleTest } from "../../jobs/testing/samples.ts";
import { chunked, decodeAll } from "./_test_util.ts";
import { decodeDbn } from "./decode.ts";
import { MBO_WORD } from "./mbo.ts";
import { decompress } from "./container.ts";
import { encodeMetadata } from "./metadata_codec.ts";
import { metadataToJson } from "./metadata_json.ts";
import { encodeRecord } from "./mod.ts";
import type { DbnRecord } from "./record.ts";
import type { DbnVersion } from "./_layout.ts";

interface Expected {
  readonly file: string;
  readonly decoded_bytes: number;
  readonly metadata: { readonly version: number } | null;
  readonly record_count: number;
  readonly records: DbnRecord[];
  readonly records_upgraded_v3?: DbnRecord[];
  readonly reencode_identical: boolean;
}

function expectedFiles(dir: string): { bytes: Uint8Array; expected: Expected }[] {
  const files = [...Deno.readDirSync(`${dir}/dbn`)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".expected.json")).sort();
  ok(files.length > 0);
  return files.map((name) => {
    const expected = JSON.parse(Deno.readTextFileSync(`${dir}/dbn/${name}`)) as Expected;
    return { expected, bytes: Deno.readFileSync(`${dir}/dbn/${expected.file}`) };
  });
}

async function content(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompress([bytes])) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

for (const size of [1, 7, 64, 4_096, 1 << 24]) {
  sampleTest(`decodeDbn() equals the expected values in chunks of ${size} bytes`, async (dir) => {
    for (const { bytes, expected } of expectedFiles(dir)) {
      const all = await decodeAll(chunked(bytes, size), { upgrade: "as-is" });
      equal(all.error, null, `${expected.file}: ${all.error}`);
      deepStrictEqual(all.records, expected.records, expected.file);
      equal(all.counters?.records, expected.record_count);
      const json = all.metadata && all.extent && metadataToJson(all.metadata, all.extent);
      deepEqual(json, expected.metadata, expected.file);
    }
  });
}

sampleTest("decodeDbn() upgrades records to version 3 unless told otherwise", async (dir) => {
  for (const { bytes, expected } of expectedFiles(dir)) {
    const all = await decodeAll([bytes]);
    deepStrictEqual(all.records, expected.records_upgraded_v3 ?? expected.records, expected.file);
    if (expected.metadata) equal(all.metadata?.version, 3);
  }
});

sampleTest("encodeMetadata() and encodeRecord() write the bytes that were read", async (dir) => {
  for (const { bytes, expected } of expectedFiles(dir)) {
    const all = await decodeAll([bytes], { upgrade: "as-is" });
    const version = (all.metadata?.version ??
      ({ 360: 1, 400: 2, 520: 3 } as Record<number, number>)[
        expected.records[0]!["record_bytes"] as number
      ]) as DbnVersion;
    const parts = all.metadata ? [encodeMetadata(all.metadata)] : [];
    parts.push(...all.records.map((record) => encodeRecord(record, version)));
    const written = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
    const read = await content(bytes);
    equal(read.length, expected.decoded_bytes);
    equal(written.length, read.length, expected.file);
    const same = written.every((byte, i) => byte === read[i]);
    equal(same, expected.reencode_identical, expected.file);
  }
});

sampleTest("decodeDbn() reads the crude oil recording whole, from any chunks", async (dir) => {
  const bytes = Deno.readFileSync(`${dir}/CLX5_mbo.dbn`);
  for (const size of [1_000, 65_537, bytes.length]) {
    const counts = new Map<string, number>();
    const events: bigint[] = [];
    let records = 0;
    await decodeDbn(chunked(bytes, size), {
      onMbo: ({ words, strideWords, count }) => {
        for (let i = 0, at = 0; i < count; i++, at += strideWords) {
          const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
          const action = String.fromCharCode((packed >>> 16) & 255);
          counts.set(action, (counts.get(action) ?? 0) + 1);
          if (records === 0 || records === 38_211) {
            const high = BigInt(words[at + MBO_WORD.TS_EVENT_HIGH]!);
            events.push((high << 32n) | BigInt(words[at + MBO_WORD.TS_EVENT_LOW]!));
          }
          records++;
        }
      },
    });
    equal(records, 38_212);
    deepEqual(events, [1_758_742_200_000_860_311n, 1_758_751_199_999_707_295n]);
    deepEqual(Object.fromEntries(counts), { A: 14_959, C: 16_252, M: 2_701, F: 2_701, T: 1_599 });
  }
});

sampleTest("decodeDbn() reports every cut of every small file", async (dir) => {
  for (const { bytes, expected } of expectedFiles(dir)) {
    const step = bytes.length > 1_500 ? 7 : 1;
    for (let cut = 0; cut < bytes.length; cut += step) {
      const all = await decodeAll([bytes.subarray(0, cut)], { upgrade: "as-is" });
      deepStrictEqual(all.records, expected.records.slice(0, all.records.length), expected.file);
      if (all.error === null) ok(all.records.length < expected.record_count, expected.file);
      else equal(all.error.code, "truncated", `${expected.file} cut at ${cut}`);
    }
  }
});
