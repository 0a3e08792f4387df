import { type ArrowBatch, type ArrowColumn, readArrowBatch } from "./arrow_message.ts";
import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { arrayAs, codeOf, type Frame, newFrame, rowsOf } from "./frame.ts";
import { type Column, type Layout, LayoutError } from "./layout.ts";
import { exactDoubles, unpackBits } from "./words.ts";

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the Arrow IPC streams that an `ArrowEncoder` of the same layout makes. It does
 * without the library that writes them, which would be half of the script that a page loads.
 */
export class ArrowDecoder {
  readonly #layout: Layout;
  /** Arrays that are filled again by every call, as long as the rows stay as many. */
  #scratch: Frame;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#scratch = newFrame(layout);
  }

  /**
   * The columns of one message, found by their names. The arrays are valid until the next call, or as
   * long as `bytes` are; other columns of the message are passed over.
   *
   * @throws {LayoutError} When it is no record batch, has other rows than the layout, or lacks a column,
   * has it as another type, without values that must be there, or with a text that is none of its codes.
   */
  decode(bytes: Uint8Array): Pick<Frame, "columns" | "valid"> {
    const { name, rows, columns } = this.#layout;
    const batch = batchOf(bytes, name);
    const length = batch.rows;
    if (rows !== "many" && length !== rows) {
      throw new LayoutError("rows", name, `of ${rows} rows`, { found: length });
    }
    const found = columns.map((column) => {
      const data = batch.columns.get(column.name);
      if (data === undefined || data.type !== COLUMN_TYPES[column.type].arrow) {
        throw new LayoutError("column", column.name, `of type ${COLUMN_TYPES[column.type].arrow}`);
      }
      checkFull(column, data, length);
      return data;
    });
    if (rowsOf(this.#scratch) !== length) this.#scratch = newFrame(this.#layout, length);
    const valid = columns.map((column, i) => validOf(column, found[i]!, length));
    const arrays = columns.map((column, i) =>
      valuesOf(column, found[i]!, valid[i]!, this.#scratch.columns[i]!)
    );
    return { columns: arrays, valid };
  }
}

function batchOf(bytes: Uint8Array, name: string): ArrowBatch {
  let cause: unknown;
  try {
    const batch = readArrowBatch(bytes);
    if (batch !== null) return batch;
  } catch (error) {
    cause = error;
  }
  throw new LayoutError("message", name, "one Arrow record batch", { cause });
}

/** Bytes that so many values of a type need in the buffer after the validity bits. */
const NEEDED_BYTES: Readonly<Record<string, (rows: number) => number>> = {
  Int8: (rows) => rows,
  Int32: (rows) => rows * 4,
  Int64: (rows) => rows * 8,
  Float64: (rows) => rows * 8,
  Bool: (rows) => (rows + 7) >> 3,
  Utf8: (rows) => rows === 0 ? 0 : (rows + 1) * 4,
};

/** Checks that a column has as many values as the message has rows, before memory is laid out for them. */
function checkFull(
  { name }: Column,
  { type, nullCount, buffers }: ArrowColumn,
  rows: number,
): void {
  const [bits, values] = buffers;
  const needed = NEEDED_BYTES[type]?.(rows) ?? 0;
  const isShort = values === undefined || values.length < needed ||
    (nullCount !== 0 && (bits?.length ?? 0) < (rows + 7) >> 3);
  if (rows < 0 || isShort) throw new LayoutError("column", name, "a full column");
}

function validOf(
  { name, nullable }: Column,
  { nullCount, buffers }: ArrowColumn,
  length: number,
): Uint8Array | null {
  if (nullCount === 0) return null;
  if (!nullable) throw new LayoutError("column", name, "there in every row");
  const valid = new Uint8Array(length);
  unpackBits(buffers[0]!, valid);
  return valid;
}

function valuesOf(
  column: Column,
  { buffers }: ArrowColumn,
  valid: Uint8Array | null,
  into: ColumnArray,
): ColumnArray {
  const { name, type } = column;
  const { length } = into;
  const { buffer, byteOffset } = buffers[1]!;
  switch (type) {
    case "i8":
      return new Int8Array(buffer, byteOffset, length);
    case "i32":
      return new Int32Array(buffer, byteOffset, length);
    case "f64":
      return new Float64Array(buffer, byteOffset, length);
    case "i64":
      return new BigInt64Array(buffer, byteOffset, length);
    case "i53": {
      const doubles = arrayAs(Float64Array, into, name);
      exactDoubles(new BigInt64Array(buffer, byteOffset, length), doubles);
      return doubles;
    }
    case "bool": {
      const flags = arrayAs(Uint8Array, into, name);
      unpackBits(buffers[1]!, flags);
      return flags;
    }
    case "code": {
      const codes = arrayAs(Uint8Array, into, name);
      codes.fill(0);
      if (length === 0) return codes;
      const ends = new Int32Array(buffer, byteOffset, length + 1);
      textsOf(ends, buffers[2]!, valid).forEach((text, row) => {
        if (valid?.[row] !== 0) codes[row] = codeOf(column, text);
      });
      return codes;
    }
    case "utf8":
    case "json":
      if (length === 0) return []; // a column without rows may lack even the first offset
      return textsOf(new Int32Array(buffer, byteOffset, length + 1), buffers[2]!, valid);
  }
}

/** @param ends Where each text begins in `data`, and where the last one ends. */
function textsOf(ends: Int32Array, data: Uint8Array, valid: Uint8Array | null): string[] {
  return Array.from(
    { length: ends.length - 1 },
    (_, row) => valid?.[row] === 0 ? "" : TEXT.decode(data.subarray(ends[row], ends[row + 1])),
  );
}
