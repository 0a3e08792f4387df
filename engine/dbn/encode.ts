import type { DbnMetadata } from "./metadata.ts";
import { encodeMetadata } from "./metadata_codec.ts";
import { type DbnRecordInput, encodeRecord } from "./record.ts";

/**
 * Parts of a DBN file: the metadata, then one part per record, in the version of the metadata.
 * With `metadata.tsOut` every record without a `ts_out` gets the null time.
 *
 * @throws {RangeError} When a value does not fit its field.
 * @see docs/methods/dbn.md, "Writing".
 */
export function* encodeDbn(
  metadata: DbnMetadata,
  records: Iterable<DbnRecordInput>,
): Generator<Uint8Array> {
  yield encodeMetadata(metadata);
  for (const record of records) {
    const suffixed = metadata.tsOut && record["ts_out"] === undefined
      ? { ...record, ts_out: "18446744073709551615" }
      : record;
    yield encodeRecord(suffixed, metadata.version);
  }
}

/** The parts as one run of bytes. */
export function concatBytes(parts: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const list = [...parts];
  const bytes = new Uint8Array(list.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of list) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
