import type { ColumnBuffers } from "./arrow_writer.ts";
import type { ColumnArray } from "./column_types.ts";
import { arrayAs, textsIn } from "./frame.ts";
import { type Column, LayoutError } from "./layout.ts";
import { packBits, wideIntegers } from "./words.ts";

const ENCODER = new TextEncoder();
const NONE = new Uint8Array();

/** Lays columns out as Arrow does, one frame after another through the same buffers. */
export class ArrowColumns {
  readonly #columns: readonly Column[];
  /** Buffers of the columns that Arrow keeps in another form than a frame. */
  readonly #wide = new Map<number, BigInt64Array<ArrayBuffer>>();
  readonly #bits = new Map<number, Uint8Array<ArrayBuffer>>();
  /** Of a column of codes: where each row's text ends, room for the texts, and the texts of its codes. */
  readonly #ends = new Map<number, Int32Array<ArrayBuffer>>();
  readonly #data = new Map<number, Uint8Array<ArrayBuffer>>();
  readonly #codes: readonly (readonly Uint8Array[])[];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.#codes = columns.map(({ codes = [] }) => codes.map((text) => ENCODER.encode(text)));
  }

  /** The buffers of columns of one length. They are valid until the next call, or as the arrays are. */
  buffers(
    arrays: readonly ColumnArray[],
    valid: readonly (Uint8Array | null)[],
    rows: number,
  ): readonly ColumnBuffers[] {
    return this.#columns.map((_, i) => {
      const { nullCount, bits } = nullsOf(valid[i] ?? null);
      if (this.#columns[i]!.type === "code") {
        return { nullCount, buffers: [bits, ...this.#coded(i, arrays[i]!, rows)] };
      }
      return { nullCount, buffers: [bits, ...this.#values(i, arrays[i]!, nullCount, rows)] };
    });
  }

  /** Codes as Arrow's texts: where each row's text ends, and all of them. */
  #coded(at: number, array: ColumnArray, rows: number): readonly Uint8Array[] {
    const texts = this.#codes[at]!;
    const { name } = this.#columns[at]!;
    const values = arrayAs(Uint8Array, array, name);
    const ends = sized(this.#ends, at, rows + 1, (length) => new Int32Array(length));
    const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
    const data = sized(this.#data, at, rows * longest, (length) => new Uint8Array(length));
    let end = 0;
    for (let row = 0; row < rows; row++) {
      const text = texts[values[row]!];
      if (text === undefined) throw new LayoutError("column", name, "a code of its list");
      for (let i = 0; i < text.length; i++) data[end++] = text[i]!;
      ends[row + 1] = end;
    }
    return [bytesOf(ends), data.subarray(0, end)];
  }

  #values(
    at: number,
    array: ColumnArray,
    nullCount: number,
    rows: number,
  ): readonly Uint8Array[] {
    const { name, type } = this.#columns[at]!;
    switch (type) {
      case "i53": {
        const wide = sized(this.#wide, at, rows, (length) => new BigInt64Array(length));
        wideIntegers(arrayAs(Float64Array, array, name), wide);
        return [bytesOf(wide)];
      }
      case "bool": {
        const bits = sized(this.#bits, at, (rows + 7) >> 3, (length) => new Uint8Array(length));
        if (nullCount === rows) return [bits.fill(0)];
        packBits(arrayAs(Uint8Array, array, name), bits);
        // Arrow leaves the bits after the last row open: they repeat it, so that equal rows are equal bytes.
        if (array.at(-1) === 1 && (rows & 7) !== 0) bits[rows >> 3]! |= 0xff << (rows & 7);
        return [bits];
      }
      case "utf8":
      case "json":
        return textsOf(textsIn(array, name));
      default:
        return [bytesOf(array as Exclude<ColumnArray, string[]>)];
    }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
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

function nullsOf(valid: Uint8Array | null): { nullCount: number; bits: Uint8Array } {
  let nullCount = 0;
  for (const flag of valid ?? NONE) if (flag === 0) nullCount++;
  if (valid === null || nullCount === 0) return { nullCount, bits: NONE };
  const bits = new Uint8Array((valid.length + 7) >> 3);
  packBits(valid, bits);
  return { nullCount, bits };
}

function textsOf(texts: readonly string[]): readonly [Uint8Array, Uint8Array] {
  const offsets = new Int32Array(texts.length + 1);
  const parts = texts.map((text) => ENCODER.encode(text));
  parts.forEach((part, i) => offsets[i + 1] = offsets[i]! + part.length);
  const data = new Uint8Array(offsets[texts.length]!);
  parts.forEach((part, i) => data.set(part, offsets[i]!));
  return [bytesOf(offsets), data];
}
