import {
  arrayAs,
  type Column,
  type ColumnArray,
  LayoutError,
  packBits,
  textsIn,
  wideIntegers,
} from "../../../engine/frames/contract.ts";
import { bitPacked, lengths, repeatedRuns } from "./_hybrid.ts";

/** Values of one column of one row group, ready to be compressed. */
export interface Chunk {
  readonly encoding: "PLAIN" | "RLE_DICTIONARY";
  /** Which rows have a value, as it goes before the data; null when all must have one. */
  readonly levels: Uint8Array | null;
  readonly data: Uint8Array;
  /** Distinct values that the data points into, or null. */
  readonly dictionary: { readonly bytes: Uint8Array; readonly count: number } | null;
  /** Rows, those without a value included. */
  readonly values: number;
  readonly nulls: number;
  /** Bounds for readers that skip groups; undefined where none are told. */
  readonly min: number | bigint | boolean | string | undefined;
  readonly max: number | bigint | boolean | string | undefined;
}

type Bounds = Pick<Chunk, "min" | "max">;

/** What there is besides levels. */
type Content = Omit<Chunk, "levels" | "values" | "nulls">;

const ENCODER = new TextEncoder();

const NO_BOUNDS: Bounds = { min: undefined, max: undefined };

/** A column's values, those of a row group, as they are stored. Arrays are copied only where they must. */
export function chunkOf(column: Column, array: ColumnArray, valid: Uint8Array | null): Chunk {
  const values = array.length;
  if (!column.nullable) {
    return { levels: null, values, nulls: 0, ...contentOf(column, array) };
  }
  const flags = valid ?? new Uint8Array(values).fill(1);
  const present = valid === null ? array : presentOf(array, flags);
  return {
    levels: lengths(bitPacked(flags, 1)),
    values,
    nulls: values - present.length,
    ...contentOf(column, present),
  };
}

/** Values each repeated `times`: a header's field on each of its frame's rows. None may be missing. */
export function repeatedChunk(column: Column, array: ColumnArray, times: number): Chunk {
  const values = array.length * times;
  const common = { levels: null, values, nulls: 0 };
  if (column.type === "bool") {
    const flags = new Uint8Array(values);
    for (let i = 0; i < array.length; i++) flags.fill(Number(array[i]), i * times, (i + 1) * times);
    return { ...common, ...contentOf(column, flags) };
  }
  const { order, distinct } = distinctOf(array);
  const { data, min, max } = contentOf(column, sameKind(array, distinct));
  return {
    ...common,
    encoding: "RLE_DICTIONARY",
    data: repeatedRuns(order, times, distinct.length),
    dictionary: { bytes: data, count: distinct.length },
    min,
    max,
  };
}

function contentOf(column: Column, array: ColumnArray): Content {
  const { name, type } = column;
  switch (type) {
    case "i8":
      return plain(Int32Array.from(arrayAs(Int8Array, array, name)), integerBounds(array));
    case "i32":
      return plain(arrayAs(Int32Array, array, name), integerBounds(array));
    case "i53": {
      const wide = new BigInt64Array(array.length);
      wideIntegers(arrayAs(Float64Array, array, name), wide);
      const { min, max } = integerBounds(array);
      return plain(wide, min === undefined ? NO_BOUNDS : { min: BigInt(min), max: BigInt(max!) });
    }
    case "i64":
      return plain(arrayAs(BigInt64Array, array, name), integerBounds(array));
    case "f64":
      return plain(arrayAs(Float64Array, array, name), doubleBounds(array));
    case "bool":
      return flagsOf(arrayAs(Uint8Array, array, name));
    case "code":
      return codesOf(column, arrayAs(Uint8Array, array, name));
    case "utf8":
      return { ...textsOf(textsIn(array, name)), ...textBounds(textsIn(array, name)) };
    case "json":
      return textsOf(textsIn(array, name));
  }
}

function plain(array: ArrayBufferView, bounds: Bounds): Content {
  const data = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return { encoding: "PLAIN", data, dictionary: null, ...bounds };
}

/** The rows with a value. */
function presentOf(array: ColumnArray, flags: Uint8Array): ColumnArray {
  const has = (_: unknown, row: number) => flags[row] !== 0;
  if (array instanceof BigInt64Array) return array.filter(has);
  return array.filter(has);
}

function integerBounds(array: ColumnArray): Bounds {
  let min = array[0];
  let max = array[0];
  for (let i = 1; i < array.length; i++) {
    const value = array[i]!;
    if (value < min!) min = value;
    if (value > max!) max = value;
  }
  return { min: min as number | bigint | undefined, max: max as number | bigint | undefined };
}

/** Bounds of zero carry the sign that includes both. */
function doubleBounds(array: ColumnArray): Bounds {
  const values = array as Float64Array;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? NO_BOUNDS : { min: min === 0 ? -0 : min, max: max === 0 ? 0 : max };
}

/** Flags, eight to a byte. */
function flagsOf(flags: Uint8Array): Content {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  packBits(flags, bits);
  if (flags.length === 0) return plain(bits, NO_BOUNDS);
  return plain(bits, { min: !flags.includes(0), max: flags.includes(1) });
}

/** Codes by a dictionary of all their texts, in the order of their list. */
function codesOf({ name, codes = [] }: Column, array: Uint8Array): Content {
  const has = new Uint8Array(codes.length);
  for (const code of array) {
    if (code >= codes.length) throw new LayoutError("column", name, "a code of its list");
    has[code] = 1;
  }
  if (array.length === 0) return plain(array, NO_BOUNDS);
  return {
    encoding: "RLE_DICTIONARY",
    data: packedPlaces(array, codes.length),
    dictionary: {
      bytes: lengths(...codes.map((text) => ENCODER.encode(text))),
      count: codes.length,
    },
    ...textBounds(codes.filter((_, code) => has[code] === 1)),
  };
}

/** Places in a dictionary, after the bits that each of them takes. */
function packedPlaces(order: ArrayLike<number>, places: number): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(places - 1));
  const packed = bitPacked(order, width);
  const data = new Uint8Array(1 + packed.length);
  data[0] = width;
  data.set(packed, 1);
  return data;
}

/** Bounds in the order of UTF-8 bytes, which is that of code points. */
function textBounds(texts: readonly string[]): Bounds {
  let min = texts[0];
  let max = texts[0];
  for (const text of texts) {
    if (isBefore(text, min!)) min = text;
    if (isBefore(max!, text)) max = text;
  }
  return { min, max };
}

/** Whether a text comes first by code points; JavaScript's own order is by halves of them. */
function isBefore(a: string, b: string): boolean {
  const least = Math.min(a.length, b.length);
  for (let i = 0; i < least; i++) {
    if (a[i] !== b[i]) return a.codePointAt(i)! < b.codePointAt(i)!;
  }
  return a.length < b.length;
}

/** Texts by a dictionary when at least every second one is there already, else one after the other. */
function textsOf(texts: readonly string[]): Content {
  const { order, distinct } = distinctOf(texts);
  if (distinct.length === 0 || distinct.length > texts.length / 2) {
    return plain(lengths(...texts.map((text) => ENCODER.encode(text))), NO_BOUNDS);
  }
  const bytes = lengths(...distinct.map((text) => ENCODER.encode(String(text))));
  return {
    encoding: "RLE_DICTIONARY",
    data: packedPlaces(order, distinct.length),
    dictionary: { bytes, count: distinct.length },
    ...NO_BOUNDS,
  };
}

interface Distinct {
  /** Place of every value among the distinct ones. */
  readonly order: readonly number[];
  readonly distinct: readonly (number | bigint | string)[];
}

function distinctOf(array: ColumnArray | readonly string[]): Distinct {
  const places = new Map<number | bigint | string, number>();
  const order: number[] = [];
  for (const value of array) {
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      places.set(value, place);
    }
    order.push(place);
  }
  return { order, distinct: [...places.keys()] };
}

function sameKind(array: ColumnArray, distinct: Distinct["distinct"]): ColumnArray {
  if (Array.isArray(array)) return distinct.map(String);
  if (array instanceof BigInt64Array) return BigInt64Array.from(distinct, BigInt);
  if (array instanceof Int32Array) return Int32Array.from(distinct, Number);
  if (array instanceof Int8Array) return Int8Array.from(distinct, Number);
  return Float64Array.from(distinct, Number);
}
