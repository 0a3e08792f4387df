import fc from "fast-check";
import { deepStrictEqual, equal, throws } from "node:assert/strict";
import type { Field } from "./_field.ts";
import { type DbnVersion, LAYOUTS, type RecordLayout } from "./_layout.ts";
import { chunked, decodeAll } from "./_test_util.ts";
import { concatBytes, encodeDbn } from "./encode.ts";
import { newMetadata, SCHEMA_MIXED } from "./metadata.ts";
import { type DbnRecord, encodeRecord, recordFields } from "./record.ts";

const SEED = 20_260_105;

function fieldValue(f: Field): fc.Arbitrary<string | number> {
  switch (f.type) {
    case "u64":
      return fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String);
    case "i64":
      return fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(String);
    case "char":
      return fc.nat(255).map((code) => String.fromCharCode(code));
    case "cstr":
      return fc.array(fc.integer({ min: 1, max: 127 }), { maxLength: f.size - 1 })
        .map((codes) => String.fromCharCode(...codes));
    default: {
      const bits = f.size * 8;
      return f.type[0] === "u"
        ? fc.integer({ min: 0, max: 2 ** bits - 1 })
        : fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
    }
  }
}

function anyRecord(layout: RecordLayout, tsOut: boolean): fc.Arbitrary<DbnRecord> {
  const size = layout.bytes + (tsOut ? 8 : 0);
  const fields: Record<string, fc.Arbitrary<string | number>> = {
    record: fc.constant(layout.record),
    record_bytes: fc.constant(size),
    length: fc.constant(size / 4),
    rtype: fc.constant(layout.rtype),
  };
  for (const f of layout.fields) fields[f.name] = fieldValue(f);
  if (tsOut) fields["ts_out"] = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String);
  return fc.record(fields, { noNullPrototype: true });
}

function anyRecords(version: DbnVersion, tsOut: boolean): fc.Arbitrary<DbnRecord[]> {
  const kinds = LAYOUTS[version].map((layout) => anyRecord(layout, tsOut));
  return fc.array(fc.oneof(...kinds), { maxLength: 8 });
}

for (const version of [1, 2, 3] as const) {
  Deno.test(`encodeDbn() of version ${version} decodes to the same records`, async () => {
    for (const tsOut of [false, true]) {
      const metadata = newMetadata({
        version,
        dataset: "TEST",
        schema: SCHEMA_MIXED,
        startNs: 0n,
        tsOut,
      });
      const property = fc.asyncProperty(
        anyRecords(version, tsOut),
        fc.integer({ min: 1, max: 600 }),
        async (records, size) => {
          const file = concatBytes(encodeDbn(metadata, records));
          const all = await decodeAll(chunked(file, size), { upgrade: "as-is" });
          equal(all.error, null);
          deepStrictEqual(all.records, records);
          deepStrictEqual(concatBytes(encodeDbn(metadata, all.records)), file);
        },
      );
      await fc.assert(property, { seed: SEED, numRuns: 60 });
    }
  });
}

Deno.test("encodeRecord() places every mbo field at its byte", () => {
  const bytes = encodeRecord({
    record: "mbo",
    publisher_id: 0x0102,
    instrument_id: 0x03040506,
    ts_event: "1",
    order_id: "9007199254740993",
    price: "-250000000",
    size: 7,
    flags: 168,
    channel_id: 26,
    action: "A",
    side: "B",
    ts_recv: "18446744073709551615",
    ts_in_delta: -2,
    sequence: 9,
  });
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  equal(
    hex,
    "0ea002010605040301000000000000000100000000002000" + "804d19f1ffffffff" + "07000000" +
      "a81a4142" + "ffffffffffffffff" + "feffffff" + "09000000",
  );
});

Deno.test("encodeRecord() writes the null of every field that is left out", () => {
  const bytes = encodeRecord({ record: "mbo", instrument_id: 5 });
  const view = new DataView(bytes.buffer);
  equal(view.getBigInt64(24, true), (1n << 63n) - 1n);
  equal(view.getUint32(32, true), 0xffff_ffff);
  equal(bytes[37], 255);
  equal(String.fromCharCode(bytes[38]!, bytes[39]!), "NN");
  equal(view.getBigUint64(40, true), (1n << 64n) - 1n);
});

Deno.test("encodeRecord() refuses what does not fit", () => {
  const wrong: Record<string, string | number>[] = [
    { record: "nothing" },
    { rtype: 0x77 },
    { record: "mbo", size: -1 },
    { record: "mbo", size: 0.5 },
    { record: "mbo", size: "1" },
    { record: "mbo", flags: 256 },
    { record: "mbo", action: "AB" },
    { record: "mbo", action: "Ā" },
    { record: "mbo", price: "9223372036854775808" },
    { record: "mbo", order_id: "-1" },
    { record: "mbo", order_id: "1.5" },
    { record: "mbo", order_id: "" },
    { record: "definition", currency: "EURO" },
    { record: "definition", currency: "a\0b" },
  ];
  for (const record of wrong) {
    throws(() => encodeRecord(record), RangeError, JSON.stringify(record));
  }
});

Deno.test("recordFields() lists fields that neither overlap nor leave the record", () => {
  for (const version of [1, 2, 3] as const) {
    for (const layout of LAYOUTS[version]) {
      const used = new Uint8Array(layout.bytes);
      for (const f of recordFields(layout.record, version)) {
        for (let i = f.offset; i < f.offset + f.size; i++) {
          equal(used[i], 0, `${layout.record} v${version}: ${f.name}`);
          used[i] = 1;
        }
      }
    }
  }
});
