import { type DbnVersion, LAYOUTS, type RecordLayout } from "./_layout.ts";
import { concatBytes, encodeDbn } from "./encode.ts";
import { type DbnMetadata, newMetadata, SCHEMA_MIXED, schemaId } from "./metadata.ts";
import type { DbnRecordInput } from "./record.ts";
import { compressZstd } from "./zstd_write.ts";

const DAY_NS = 1_767_571_200_000_000_000n; // 2026-01-05

/** A record with a different, valid value in every field. */
export function patternRecord(layout: RecordLayout, seed: number): DbnRecordInput {
  const record: Record<string, string | number> = { record: layout.record };
  layout.fields.forEach((f, i) => {
    const n = seed * 31 + i * 7;
    if (f.type === "cstr") record[f.name] = `S${n}`.slice(0, f.size - 1);
    else if (f.type === "char") record[f.name] = String.fromCharCode(65 + (n % 26));
    else if (f.name.startsWith("ts_") && f.type === "u64") record[f.name] = `${DAY_NS + BigInt(n)}`;
    else if (f.type === "u64") record[f.name] = `${9_007_199_254_740_993n + BigInt(n)}`;
    else if (f.type === "i64") record[f.name] = `${-1_000_000_000n * BigInt(n)}`;
    else if (f.type === "i32") record[f.name] = -n;
    else record[f.name] = n % 100;
  });
  return record;
}

/** Metadata with every list filled. */
function patternMetadata(version: DbnVersion, tsOut: boolean): DbnMetadata {
  return newMetadata({
    version,
    dataset: "GLBX.MDP3",
    schema: SCHEMA_MIXED,
    startNs: DAY_NS,
    endNs: DAY_NS + 86_400_000_000_000n,
    limit: 100n,
    tsOut,
    symbols: ["ESH6", "NQH6", "CLX5"],
    partial: ["NQH6"],
    notFound: ["CLX5"],
    mappings: [
      {
        rawSymbol: "ESH6",
        intervals: [
          { startDate: 20260105, endDate: 20260106, symbol: "4916" },
          { startDate: 20260106, endDate: 20260107, symbol: "" },
        ],
      },
      { rawSymbol: "NQH6", intervals: [] },
    ],
  });
}

/** A file with one record of every type that the version knows. */
export function everyTypeFile(version: DbnVersion, tsOut: boolean): Uint8Array<ArrayBuffer> {
  const records = LAYOUTS[version].map((layout, i) => ({
    ...patternRecord(layout, i),
    ...(tsOut ? { ts_out: `${DAY_NS + 5_000n}` } : {}),
  }));
  return concatBytes(encodeDbn(patternMetadata(version, tsOut), records));
}

/** A small mbo file. */
export function mboFile(version: DbnVersion, records: number): Uint8Array<ArrayBuffer> {
  const layout = LAYOUTS[version].find((entry) => entry.record === "mbo")!;
  const metadata = { ...patternMetadata(version, false), schema: schemaId("mbo") };
  const list = Array.from({ length: records }, (_, i) => patternRecord(layout, i));
  return concatBytes(encodeDbn(metadata, list));
}

/** One skippable Zstandard frame with `bytes` of payload. */
export function skippableFrame(bytes: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(8 + bytes).fill(0xab);
  frame.set([0x5b, 0x2a, 0x4d, 0x18]);
  new DataView(frame.buffer).setUint32(4, bytes, true);
  return frame;
}

/** The content as three frames cut at `cuts`, with a skippable frame before the last. */
export function multiFrame(
  content: Uint8Array,
  cuts: readonly [number, number],
): Uint8Array<ArrayBuffer> {
  const frame = (from: number, to: number) => compressZstd([content.subarray(from, to)]);
  return concatBytes([
    ...frame(0, cuts[0]),
    ...frame(cuts[0], cuts[1]),
    skippableFrame(19),
    ...frame(cuts[1], content.length),
  ]);
}

/** Names and bytes of the committed files under `fixtures/dbn`. */
export function fixtureFiles(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ["every_type.v1.dbn", everyTypeFile(1, false)],
    ["every_type.v2.dbn", everyTypeFile(2, false)],
    ["every_type.v3.dbn", everyTypeFile(3, false)],
    ["every_type.ts_out.v3.dbn", everyTypeFile(3, true)],
    ["mbo.multiframe.v3.dbn.zst", multiFrame(mboFile(3, 6), [200, 700])],
  ]);
}
