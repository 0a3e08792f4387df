import {
  AsyncByteQueue,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  type Schema,
  Struct,
} from "apache-arrow";
import { arrowSchema, type Column } from "../../../engine/frames/mod.ts";
import type { BinLayout, BinTable, HeaderValue } from "./bin_table.ts";
import type { BinFormat } from "./bin_writer.ts";

/** Hands what the Arrow writer makes to a function at once instead of queueing it. */
class ByteSink extends AsyncByteQueue {
  readonly #write: (bytes: Uint8Array) => void;

  constructor(write: (bytes: Uint8Array) => void) {
    super();
    this.#write = write;
  }

  override write(value: ArrayBufferLike | ArrayBufferView): void {
    this.#write(
      ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value),
    );
  }
}

type Buffer = BigInt64Array | Float64Array | Int32Array | Int8Array | Uint8Array;

/** An Arrow IPC file with one record batch per bin; header fields are columns of equal values. */
export class ArrowBins implements BinFormat {
  readonly #rows: number;
  readonly #schema: Schema;
  readonly #struct: Struct;
  readonly #header: readonly Buffer[];
  readonly #columns: readonly (BigInt64Array | null)[];
  readonly #writer = new RecordBatchFileWriter();

  constructor(layout: BinLayout, write: (bytes: Uint8Array) => void) {
    this.#rows = layout.rows;
    this.#schema = arrowSchema([...layout.header, ...layout.columns]);
    this.#struct = new Struct(this.#schema.fields);
    this.#header = layout.header.map((column) => headerBuffer(column, layout.rows));
    this.#columns = layout.columns.map((column) =>
      column.type === "i64" ? new BigInt64Array(layout.rows) : null
    );
    this.#writer.reset(new ByteSink(write), this.#schema);
  }

  write(bin: BinTable): void {
    const length = this.#rows;
    bin.header.forEach((value, i) => fill(this.#header[i]!, value));
    const values = [
      ...this.#header,
      ...bin.columns.map((column, i) => wide(column, this.#columns[i]!)),
    ];
    const children = this.#schema.fields.map((field, i) =>
      makeData({ type: field.type, length, nullCount: 0, data: values[i] })
    );
    const data = makeData({ type: this.#struct, length, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, data));
  }

  end(): void {
    this.#writer.finish();
  }
}

function headerBuffer(column: Column, rows: number): Buffer {
  switch (column.type) {
    case "i64":
      return new BigInt64Array(rows);
    case "f64":
      return new Float64Array(rows);
    case "i32":
      return new Int32Array(rows);
    case "i8":
      return new Int8Array(rows);
    case "bool":
      return new Uint8Array((rows + 7) >> 3);
  }
}

function fill(buffer: Buffer, value: HeaderValue): void {
  if (buffer instanceof BigInt64Array) buffer.fill(BigInt(value));
  else if (typeof value === "boolean") buffer.fill(value ? 0xff : 0); // a bitmap
  else buffer.fill(Number(value));
}

/** The column itself, or its exact doubles as 64-bit integers. */
function wide(column: BinTable["columns"][number], into: BigInt64Array | null): Buffer {
  if (into === null) return column;
  for (let i = 0; i < column.length; i++) into[i] = BigInt(column[i]!);
  return into;
}
