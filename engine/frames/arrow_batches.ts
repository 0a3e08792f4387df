import {
  Bool,
  type Data,
  Field,
  Float64,
  Int32,
  Int64,
  Int8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from "apache-arrow";
import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { arrayAs, textsIn } from "./frame.ts";
import type { Column } from "./layout.ts";
import { packBits, wideIntegers } from "./words.ts";

const ARROW_TYPES = {
  Int8: () => new Int8(),
  Int32: () => new Int32(),
  Int64: () => new Int64(),
  Float64: () => new Float64(),
  Bool: () => new Bool(),
  Utf8: () => new Utf8(),
} as const;

const ENCODER = new TextEncoder();

/** Turns columns into Arrow record batches, one after another through the same buffers. */
export class ArrowBatches {
  readonly schema: Schema;
  readonly #columns: readonly Column[];
  readonly #struct: Struct;
  /** Buffers of the columns that Arrow keeps in another form than a frame. */
  readonly #wide = new Map<number, BigInt64Array<ArrayBuffer>>();
  readonly #bits = new Map<number, Uint8Array<ArrayBuffer>>();

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    // Nullable in every case: what Arrow calls so says nothing of the values.
    this.schema = new Schema(
      columns.map(({ name, type }) =>
        new Field(name, ARROW_TYPES[COLUMN_TYPES[type].arrow](), true)
      ),
    );
    this.#struct = new Struct(this.schema.fields);
  }

  /** A batch of columns of one length. It is valid until the next one. */
  batch(
    arrays: readonly ColumnArray[],
    valid: readonly (Uint8Array | null)[],
    length: number,
  ): RecordBatch {
    const children = this.#columns.map((_, i) =>
      this.#child(i, arrays[i]!, valid[i] ?? null, length)
    );
    const data = makeData({ type: this.#struct, length, nullCount: 0, children });
    return new RecordBatch(this.schema, data);
  }

  #child(at: number, array: ColumnArray, valid: Uint8Array | null, length: number): Data {
    const { type } = this.schema.fields[at]!;
    const { name, type: kind } = this.#columns[at]!;
    const nulls = valid === null ? { nullCount: 0 } : nullsOf(valid);
    switch (kind) {
      case "i53": {
        const data = sized(this.#wide, at, length, (rows) => new BigInt64Array(rows));
        wideIntegers(arrayAs(Float64Array, array, name), data);
        return makeData({ type, length, ...nulls, data });
      }
      case "bool": {
        const data = sized(this.#bits, at, (length + 7) >> 3, (bytes) => new Uint8Array(bytes));
        packBits(arrayAs(Uint8Array, array, name), data);
        // Arrow leaves the bits after the last row open: they repeat it, so that equal rows are equal bytes.
        if (array.at(-1) === 1 && (length & 7) !== 0) data[length >> 3]! |= 0xff << (length & 7);
        return makeData({ type, length, ...nulls, data });
      }
      case "utf8":
      case "json":
        return makeData({ type, length, ...nulls, ...textsOf(textsIn(array, name)) });
      default:
        return makeData({ type, length, ...nulls, data: array });
    }
  }
}

/** The buffer of a column, made anew when another length is asked for. */
function sized<A extends { readonly length: number }>(
  buffers: Map<number, A>,
  at: number,
  length: number,
  make: (length: number) => A,
): A {
  const known = buffers.get(at);
  if (known?.length === length) return known;
  const made = make(length);
  buffers.set(at, made);
  return made;
}

function nullsOf(valid: Uint8Array): { nullCount: number; nullBitmap: Uint8Array } {
  const nullBitmap = new Uint8Array((valid.length + 7) >> 3);
  packBits(valid, nullBitmap);
  let nullCount = 0;
  for (const flag of valid) if (flag === 0) nullCount++;
  return { nullCount, nullBitmap };
}

function textsOf(texts: readonly string[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(texts.length + 1);
  const parts = texts.map((text) => ENCODER.encode(text));
  parts.forEach((part, i) => valueOffsets[i + 1] = valueOffsets[i]! + part.length);
  const data = new Uint8Array(valueOffsets[texts.length]!);
  parts.forEach((part, i) => data.set(part, valueOffsets[i]!));
  return { valueOffsets, data };
}
