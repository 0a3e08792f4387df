import { type Data, type RecordBatch, RecordBatchReader, type Vector } from "apache-arrow";
import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { arrayAs, type Frame, newFrame, rowsOf } from "./frame.ts";
import { type Column, type Layout, LayoutError } from "./layout.ts";
import { exactDoubles, unpackBits } from "./words.ts";

/** Reads the Arrow IPC streams that an `ArrowEncoder` of the same layout makes. */
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
   * has it as another type, or without values that must be there.
   */
  decode(bytes: Uint8Array): Pick<Frame, "columns" | "valid"> {
    const { name, rows, columns } = this.#layout;
    const batch = batchOf(bytes, name);
    const length = batch.numRows;
    if (rows !== "many" && length !== rows) {
      throw new LayoutError("rows", name, `of ${rows} rows`, { found: length });
    }
    if (rowsOf(this.#scratch) !== length) this.#scratch = newFrame(this.#layout, length);
    const valid: (Uint8Array | null)[] = [];
    const arrays = columns.map((column, i) => {
      const child = batch.getChild(column.name);
      const data = child?.data[0];
      if (!child || data === undefined || `${data.type}` !== COLUMN_TYPES[column.type].arrow) {
        throw new LayoutError("column", column.name, `of type ${COLUMN_TYPES[column.type].arrow}`);
      }
      valid.push(validOf(column, data, length));
      return valuesOf(column, child, data, this.#scratch.columns[i]!);
    });
    return { columns: arrays, valid };
  }
}

function batchOf(bytes: Uint8Array, name: string): RecordBatch {
  let cause: unknown;
  try {
    const batch = RecordBatchReader.from(bytes).next().value;
    if (batch) return batch;
  } catch (error) {
    cause = error;
  }
  throw new LayoutError("message", name, "one Arrow record batch", { cause });
}

function validOf({ name, nullable }: Column, data: Data, length: number): Uint8Array | null {
  if (data.nullCount === 0) return null;
  if (!nullable) throw new LayoutError("column", name, "there in every row");
  const valid = new Uint8Array(length);
  unpackBits(data.nullBitmap, valid);
  return valid;
}

function valuesOf(
  { name, type }: Column,
  child: Vector,
  data: Data,
  into: ColumnArray,
): ColumnArray {
  const { length } = into;
  switch (type) {
    case "i53": {
      const doubles = arrayAs(Float64Array, into, name);
      exactDoubles(data.values.subarray(0, length), doubles);
      return doubles;
    }
    case "bool": {
      const flags = arrayAs(Uint8Array, into, name);
      unpackBits(data.values, flags);
      return flags;
    }
    case "utf8":
    case "json":
      return Array.from({ length }, (_, row): string => child.get(row) ?? "");
    default: {
      const values: ColumnArray = data.values;
      if (values.length < length) throw new LayoutError("column", name, "a full column");
      return values.length === length || Array.isArray(values)
        ? values
        : values.subarray(0, length);
    }
  }
}
