import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int32,
  Int64,
  Int8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from "apache-arrow";
import type { Column, ColumnType } from "./column.ts";
import type { GridFrame } from "./grid_frame.ts";
import { ENG, pressureGridColumns } from "./pressure_grid.ts";

const ARROW_TYPES: Readonly<Record<ColumnType, () => DataType>> = {
  i8: () => new Int8(),
  i32: () => new Int32(),
  i64: () => new Int64(),
  f64: () => new Float64(),
  bool: () => new Bool(),
};

/** Arrow schema of a column list: every field nullable, no nulls in the data. */
export function arrowSchema(columns: readonly Column[]): Schema {
  return new Schema(
    columns.map((column) => new Field(column.name, ARROW_TYPES[column.type](), true)),
  );
}

const HIGH_WORD = 4_294_967_296;

/** Writes exact integers (|x| ≤ 2^53) as little-endian int64 without a BigInt per value. */
function writeInt64(from: Float64Array, into: BigInt64Array): void {
  const words = new Int32Array(into.buffer, into.byteOffset, into.length * 2);
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!;
    const high = Math.floor(value / HIGH_WORD);
    words[2 * i] = value - high * HIGH_WORD;
    words[2 * i + 1] = high;
  }
}

/**
 * Turns grid frames into self-contained Arrow IPC streams: schema message, one record batch,
 * end-of-stream, with the columns of {@link pressureGridColumns}.
 */
export class GridEncoder {
  readonly columns: readonly Column[];
  readonly #schema: Schema;
  readonly #struct: Struct;
  readonly #lastEventId: BigInt64Array;

  /**
   * @param rows Rows per frame, 2R + 1.
   * @param horizonsMs Projection horizons in ms, in config order.
   */
  constructor(rows: number, horizonsMs: readonly number[]) {
    this.columns = pressureGridColumns(horizonsMs);
    this.#schema = arrowSchema(this.columns);
    this.#struct = new Struct(this.#schema.fields);
    this.#lastEventId = new BigInt64Array(rows);
  }

  /** Bytes of one frame. The frame's arrays are read during the call and not kept. */
  encode(frame: GridFrame): Uint8Array<ArrayBuffer> {
    writeInt64(frame.lastEventId, this.#lastEventId);
    const { engine } = frame;
    const values = [
      frame.k,
      engine[ENG.PRESSURE],
      engine[ENG.VACUUM],
      ...engine.slice(0, ENG.PRESSURE),
      frame.score,
      frame.state,
      this.#lastEventId,
      ...frame.projections,
    ];
    const length = frame.k.length;
    const children = this.#schema.fields.map((field, i) =>
      makeData({ type: field.type, length, nullCount: 0, data: values[i] })
    );
    const data = makeData({ type: this.#struct, length, nullCount: 0, children });
    const bytes = tableToIPC(new Table([new RecordBatch(this.#schema, data)]), "stream");
    return bytes as Uint8Array<ArrayBuffer>;
  }
}
