/** Values of one column of one row group, ready to be compressed. */
export interface Chunk {
  readonly encoding: "PLAIN" | "RLE_DICTIONARY";
  readonly data: Uint8Array;
  /** Distinct values that the data points into, or null. */
  readonly dictionary: { readonly bytes: Uint8Array; readonly count: number } | null;
  readonly values: number;
  /** Bounds for readers that skip groups; undefined without values. */
  readonly min: number | bigint | boolean | undefined;
  readonly max: number | bigint | boolean | undefined;
}

/** Values as a column stores them: int64 columns take bigints, the others numbers. */
export type ColumnArray = Float64Array | BigInt64Array | Int32Array;

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function plain(
  array: ArrayBufferView,
  values: number,
  min: Chunk["min"],
  max: Chunk["max"],
): Chunk {
  return { encoding: "PLAIN", data: bytesOf(array), dictionary: null, values, min, max };
}

/** Doubles as they are. The array is not copied. Bounds of zero carry the sign that includes both. */
export function doubleChunk(values: Float64Array): Chunk {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return plain(values, values.length, undefined, undefined);
  return plain(values, values.length, min === 0 ? -0 : min, max === 0 ? 0 : max);
}

/** 32-bit integers as they are; also the storage of smaller ones. The array is not copied. */
export function int32Chunk(values: Int32Array): Chunk {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (values.length === 0) return plain(values, 0, undefined, undefined);
  return plain(values, values.length, min, max);
}

/** 64-bit integers as they are. The array is not copied. */
export function int64Chunk(values: BigInt64Array): Chunk {
  let min = values[0];
  let max = values[0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < min!) min = value;
    if (value > max!) max = value;
  }
  return plain(values, values.length, min, max);
}

/** Flags, eight to a byte, each repeated `times`. */
export function flagChunk(flags: Uint8Array, times: number): Chunk {
  const values = flags.length * times;
  const bits = new Uint8Array((values + 7) >> 3);
  let any = false;
  let all = true;
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] === 0) {
      all = false;
      continue;
    }
    any = true;
    for (let at = i * times; at < (i + 1) * times; at++) bits[at >> 3]! |= 1 << (at & 7);
  }
  if (values === 0) return plain(bits, 0, undefined, undefined);
  return plain(bits, values, all, any);
}

const HIGH_WORD = 4_294_967_296;

/** Exact integers, |x| ≤ 2^53, as 64-bit ones. */
export function wideIntegers(values: Float64Array, into: BigInt64Array): BigInt64Array {
  const words = new Int32Array(into.buffer, into.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const high = Math.floor(value / HIGH_WORD);
    words[2 * i] = value - high * HIGH_WORD;
    words[2 * i + 1] = high;
  }
  return into.subarray(0, values.length);
}

/** Values each repeated `times`, as runs that point into the distinct ones. */
export function repeatedChunk(values: ColumnArray, times: number): Chunk {
  const places = new Map<number | bigint, number>();
  const order: number[] = [];
  const distinct: (number | bigint)[] = [];
  for (const value of values) {
    let place = places.get(value);
    if (place === undefined) {
      place = distinct.length;
      places.set(value, place);
      distinct.push(value);
    }
    order.push(place);
  }
  return {
    encoding: "RLE_DICTIONARY",
    data: runs(order, times, distinct.length),
    dictionary: { bytes: bytesOf(sameKind(values, distinct)), count: distinct.length },
    values: values.length * times,
    ...bounds(distinct),
  };
}

function sameKind(values: ColumnArray, distinct: readonly (number | bigint)[]): ColumnArray {
  if (values instanceof BigInt64Array) return BigInt64Array.from(distinct, BigInt);
  if (values instanceof Int32Array) return Int32Array.from(distinct, Number);
  return Float64Array.from(distinct, Number);
}

function bounds(distinct: readonly (number | bigint)[]): Pick<Chunk, "min" | "max"> {
  let min = distinct[0];
  let max = distinct[0];
  for (const value of distinct) {
    if (value < min!) min = value;
    if (value > max!) max = value;
  }
  return { min: min === 0 ? -0 : min, max: max === 0 ? 0 : max };
}

/** Bit width, then a run per stretch of one place: its length shifted left, and the place. */
function runs(order: readonly number[], times: number, places: number): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(places - 1));
  const placeBytes = (width + 7) >> 3;
  const out = new Uint8Array(1 + order.length * (5 + placeBytes));
  out[0] = width;
  let at = 1;
  for (let i = 0; i < order.length;) {
    const place = order[i]!;
    let next = i + 1;
    while (next < order.length && order[next] === place) next++;
    let head = (next - i) * times * 2;
    while (head >= 0x80) {
      out[at++] = (head & 0x7f) | 0x80;
      head = Math.floor(head / 0x80);
    }
    out[at++] = head;
    for (let b = 0; b < placeBytes; b++) out[at++] = (place >> (8 * b)) & 0xff;
    i = next;
  }
  return out.subarray(0, at);
}
