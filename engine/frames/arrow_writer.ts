import { COLUMN_TYPES } from "./column_types.ts";
import { FlatBuilder, type FlatField } from "./flat_builder.ts";
import type { Column } from "./layout.ts";

/** One column as Arrow lays it out. */
export interface ColumnBuffers {
  readonly nullCount: number;
  /** Validity bits, empty where nothing is missing; then what the type has: values, or offsets and text. */
  readonly buffers: readonly Uint8Array[];
}

/** What is written of every message: its two halves, and how long the second one is. */
const PREFIX_BYTES = 8;
const CONTINUES = -1;
/** `MetadataVersion.V5` of Arrow's `Schema.fbs`. */
const VERSION = 4;
/** Kinds of message and of type, by the numbers of `Message.fbs` and `Schema.fbs`. */
const KIND = { SCHEMA: 1, RECORD_BATCH: 3 } as const;

/** What a schema says of each type: its number, and the fields of its table. */
const TYPES: Readonly<Record<string, { readonly kind: number; readonly fields: FlatField[] }>> = {
  Int8: { kind: 2, fields: integer(8) },
  Int32: { kind: 2, fields: integer(32) },
  Int64: { kind: 2, fields: integer(64) },
  Float64: { kind: 3, fields: [{ slot: 0, bytes: 2, value: 2 }] },
  Bool: { kind: 6, fields: [] },
  Utf8: { kind: 5, fields: [] },
};

function integer(bits: number): FlatField[] {
  return [{ slot: 0, bytes: 4, value: bits }, { slot: 1, bytes: 1, value: 1 }];
}

/** What ends a stream of messages. */
export const END_OF_STREAM: Uint8Array = new Uint8Array(Int32Array.of(CONTINUES, 0).buffer);

/** The message that says what the columns are. */
export function schemaMessage(columns: readonly Column[]): Uint8Array {
  const flat = new FlatBuilder();
  return messageOf(flat, KIND.SCHEMA, schemaTable(flat, columns), 0);
}

/** The message of so many rows, as the parts that it is written by. */
export function batchMessage(
  rows: number,
  columns: readonly ColumnBuffers[],
): [metadata: Uint8Array, ...body: Uint8Array[]] {
  const flat = new FlatBuilder();
  const parts: Uint8Array[] = [];
  const regions: (readonly [number, number])[] = [];
  let bodyBytes = 0;
  for (const bytes of columns.flatMap(({ buffers }) => buffers)) {
    const length = wholeWords(bytes.byteLength);
    regions.push([bodyBytes, length]);
    bodyBytes += length;
    parts.push(bytes);
  }
  const nodes = flat.structs(columns.map(({ nullCount }) => [rows, nullCount]), 16);
  const batch = flat.table([
    { slot: 0, bytes: 8, value: rows },
    { slot: 1, at: nodes },
    { slot: 2, at: flat.structs(regions, 16) },
  ]);
  return [messageOf(flat, KIND.RECORD_BATCH, batch, bodyBytes), ...parts];
}

/** What ends a file: which messages are where in it. @param blocks Offset, and bytes of each half. */
export function fileFooter(
  columns: readonly Column[],
  blocks: readonly (readonly [offset: number, metadataBytes: number, bodyBytes: number])[],
): Uint8Array {
  const flat = new FlatBuilder();
  const schema = schemaTable(flat, columns);
  const batches = flat.structs(blocks, 24);
  return flat.finish(flat.table([
    { slot: 1, at: schema },
    { slot: 0, bytes: 2, value: VERSION },
    { slot: 3, at: batches },
    { slot: 2, at: flat.structs([], 24) },
  ]));
}

/** The parts one after another, each padded to eight bytes. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + wholeWords(part.length), 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += wholeWords(part.length);
  }
  return out;
}

function wholeWords(bytes: number): number {
  return (bytes + 7) & ~7;
}

function schemaTable(flat: FlatBuilder, columns: readonly Column[]): number {
  const fields = columns.map(({ name, type }) => {
    const { kind, fields } = TYPES[COLUMN_TYPES[type].arrow]!;
    const rules = flat.table(fields);
    const children = flat.list([]);
    const title = flat.text(name);
    return flat.table([
      { slot: 3, at: rules },
      { slot: 2, bytes: 1, value: kind },
      { slot: 5, at: children },
      // Nullable in every case: what Arrow calls so says nothing of the values.
      { slot: 1, bytes: 1, value: 1 },
      { slot: 0, at: title },
    ]);
  });
  return flat.table([{ slot: 1, at: flat.list(fields) }]);
}

function messageOf(flat: FlatBuilder, kind: number, header: number, bodyBytes: number): Uint8Array {
  const metadata = flat.finish(flat.table([
    { slot: 0, bytes: 2, value: VERSION },
    { slot: 2, at: header },
    { slot: 1, bytes: 1, value: kind },
    { slot: 3, bytes: 8, value: bodyBytes },
  ]));
  const message = new Uint8Array(PREFIX_BYTES + wholeWords(metadata.length));
  new Int32Array(message.buffer).set([CONTINUES, message.length - PREFIX_BYTES], 0);
  message.set(metadata, PREFIX_BYTES);
  return message;
}
