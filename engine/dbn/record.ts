import { type Field, field, type FieldValue, readField, writeField } from "./_field.ts";
import { type DbnVersion, layoutOf, LAYOUTS, type RecordLayout } from "./_layout.ts";

/**
 * A record as names and values: `record` (type), `record_bytes`, `length`, `rtype`, then the fields.
 * 64-bit integers are decimal strings, smaller ones numbers; sentinels are not translated.
 */
export type DbnRecord = Record<string, FieldValue>;

/**
 * What a record is written from: `record` names the type (or `rtype` its number); fields that are
 * left out get the format's null; `ts_out` adds the send-time suffix.
 */
export type DbnRecordInput = Readonly<Record<string, FieldValue>>;

const TS_OUT = field("ts_out", "u64", 0, 0);

/**
 * A record read by its layout. Cold path: one object and one string per 64-bit field.
 *
 * @param bytes Holds the record from `at` on, at least `byteLength` bytes of it.
 * @param byteLength Whole record with its suffix, from the header.
 * @param hasTsOut Whether the last 8 bytes are the send time.
 */
export function readRecord(
  bytes: Uint8Array,
  at: number,
  byteLength: number,
  layout: RecordLayout,
  hasTsOut: boolean,
): DbnRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const record: DbnRecord = {
    record: layout.record,
    record_bytes: byteLength,
    length: bytes[at]!,
    rtype: layout.rtype,
  };
  for (const f of layout.fields) record[f.name] = readField(bytes, view, at, f);
  if (hasTsOut) record[TS_OUT.name] = readField(bytes, view, at + byteLength - 8, TS_OUT);
  return record;
}

function layoutNamed(input: DbnRecordInput, version: DbnVersion): RecordLayout {
  const { rtype, record } = input;
  const found = typeof rtype === "number"
    ? layoutOf(rtype, version)
    : LAYOUTS[version].find((entry) => entry.record === record);
  if (found === undefined) {
    throw new RangeError(
      `Cannot encode a record as its type is unknown: ${JSON.stringify(rtype ?? record)}`,
    );
  }
  return found;
}

/**
 * The bytes of one record. `length` and `record_bytes` of the input are ignored and recomputed,
 * reserved bytes are zero, missing fields get their null value.
 *
 * @throws {RangeError} When the type is unknown or a value does not fit its field.
 * @see docs/methods/dbn.md, "Writing".
 */
export function encodeRecord(input: DbnRecordInput, version: DbnVersion = 3): Uint8Array {
  const layout = layoutNamed(input, version);
  const tsOut = input[TS_OUT.name];
  const size = layout.bytes + (tsOut === undefined ? 0 : 8);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes[0] = size >>> 2;
  bytes[1] = layout.rtype;
  for (const f of layout.fields) writeField(bytes, view, 0, f, input[f.name] ?? f.missing);
  if (tsOut !== undefined) writeField(bytes, view, size - 8, TS_OUT, tsOut);
  return bytes;
}

/** Name, unit-free type and offset of every field of a record type; what the docs and the CSV header use. */
export function recordFields(record: string, version: DbnVersion = 3): readonly Field[] {
  return layoutNamed({ record }, version).fields;
}
