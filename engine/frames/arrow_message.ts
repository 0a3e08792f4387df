import { FlatTable } from "./flat_table.ts";

/** One column of a record batch, as it lies in the message. */
export interface ArrowColumn {
  /** Name of the type for the types that a layout knows, else what cannot be mistaken for one. */
  readonly type: string;
  readonly nullCount: number;
  /** Validity bits, then what the type has: values, or offsets and text. Aligned to 8 bytes. */
  readonly buffers: readonly Uint8Array[];
}

/** A record batch: so many rows, and its columns by name. */
export interface ArrowBatch {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ArrowColumn>;
}

/** Kinds of message, and of type, by the numbers of Arrow's `Message.fbs` and `Schema.fbs`. */
const MESSAGE = { SCHEMA: 1, RECORD_BATCH: 3 } as const;
const TYPE = { NULL: 1, INT: 2, FLOAT: 3, BINARY: 4, UTF8: 5, BOOL: 6, UNION: 14 } as const;
/** Types of the other numbers of buffers than two; those that come after 20 are not read. */
const BUFFERS: Readonly<Record<number, number>> = {
  [TYPE.NULL]: 0,
  [TYPE.BINARY]: 3,
  [TYPE.UTF8]: 3,
  13: 1, // struct
  16: 1, // list of a fixed size
  19: 3, // large binary
  20: 3, // large utf8
};
const NEWEST_TYPE = 21;
const BITS = { 0: "Float16", 1: "Float32", 2: "Float64" } as const;
const CONTINUES = -1;

/**
 * Reads the schema and the first record batch of an Arrow IPC stream; null when it has none. The
 * buffers are views of `bytes`, or of a copy when those are not aligned to 8 bytes.
 *
 * @throws {RangeError} When a message is cut short, compressed, or of a type that is not read.
 * @see https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 */
export function readArrowBatch(bytes: Uint8Array): ArrowBatch | null {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  let fields: readonly FlatTable[] | null = null;
  for (let at = 0; at + 8 <= whole.length;) {
    if (view.getInt32(at, true) !== CONTINUES) {
      throw new RangeError("Cannot read what is no message");
    }
    const length = view.getInt32(at + 4, true);
    if (length <= 0) return null; // end of the stream
    const message = FlatTable.root(new DataView(whole.buffer, whole.byteOffset + at + 8, length));
    const header = message.table(2);
    const kind = message.byte(1);
    const body = at + 8 + length;
    const end = body + message.int64(3);
    if (header === null || end < body || end > whole.length) {
      throw new RangeError("Cannot read a message that is cut short");
    }
    if (kind === MESSAGE.SCHEMA) fields = header.tables(1);
    else if (kind === MESSAGE.RECORD_BATCH && fields !== null) {
      return batchOf(fields, header, whole.subarray(body, end));
    }
    at = end;
  }
  return null;
}

function batchOf(fields: readonly FlatTable[], header: FlatTable, body: Uint8Array): ArrowBatch {
  if (header.table(3) !== null) throw new RangeError("Cannot read a compressed record batch");
  const nodes = header.pairs(1).values();
  const buffers = header.pairs(2).map(([offset, length]) => {
    if (offset < 0 || length < 0 || offset + length > body.length || offset % 8 !== 0) {
      throw new RangeError(`Cannot read a buffer outside its message: ${offset}`);
    }
    return body.subarray(offset, offset + length);
  }).values();
  const columns = new Map<string, ArrowColumn>();
  for (const field of fields) columns.set(field.text(0), columnOf(field, nodes, buffers));
  return { rows: header.int64(0), columns };
}

/** Takes what belongs to a field, and to those within it, from the batch's nodes and buffers. */
function columnOf(
  field: FlatTable,
  nodes: Iterator<readonly [number, number]>,
  buffers: Iterator<Uint8Array>,
): ArrowColumn {
  const type = typeOf(field);
  const kind = field.byte(2);
  if (kind === TYPE.UNION || kind > NEWEST_TYPE) {
    throw new RangeError(`Cannot read a column of this type: ${kind}`);
  }
  const [, nullCount] = taken(nodes);
  const isCoded = field.table(4) !== null;
  const count = isCoded ? 2 : BUFFERS[kind] ?? 2;
  const own = Array.from({ length: count }, () => taken(buffers));
  if (!isCoded) { for (const child of field.tables(5)) columnOf(child, nodes, buffers); }
  return { type, nullCount, buffers: own };
}

function taken<T>(from: Iterator<T>): T {
  const next = from.next();
  if (next.done === true) throw new RangeError("Cannot read a batch that lacks a column");
  return next.value;
}

/** Name of a field's type, as `COLUMN_TYPES` gives it to those that layouts know. */
function typeOf(field: FlatTable): string {
  const kind = field.byte(2);
  const rules = field.table(3);
  if (field.table(4) !== null) return "Dictionary";
  if (kind === TYPE.UTF8) return "Utf8";
  if (kind === TYPE.BOOL) return "Bool";
  if (kind === TYPE.INT) return `${rules?.byte(1) === 1 ? "Int" : "Uint"}${rules?.int32(0) ?? 0}`;
  if (kind === TYPE.FLOAT) return BITS[(rules?.int16(0) ?? 0) as keyof typeof BITS] ?? "Float";
  return `type ${kind}`;
}
