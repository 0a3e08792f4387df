/** Writes a number seven bits a byte, the lowest first. Returns where the next byte goes. */
function writeVarint(out: Uint8Array, at: number, value: number): number {
  while (value >= 0x80) {
    out[at++] = (value & 0x7f) | 0x80;
    value = Math.floor(value / 0x80);
  }
  out[at++] = value;
  return at;
}

/** Most bytes of such a number, up to 2^35. */
const VARINT_BYTES = 5;

/**
 * Places each repeated `times`, as Parquet's runs: bit width, then a run per stretch of one place, its
 * length shifted left and the place.
 */
export function repeatedRuns(order: readonly number[], times: number, places: number): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(places - 1));
  const placeBytes = (width + 7) >> 3;
  const out = new Uint8Array(1 + order.length * (VARINT_BYTES + placeBytes));
  out[0] = width;
  let at = 1;
  for (let i = 0; i < order.length;) {
    const place = order[i]!;
    let next = i + 1;
    while (next < order.length && order[next] === place) next++;
    at = writeVarint(out, at, (next - i) * times * 2);
    for (let b = 0; b < placeBytes; b++) out[at++] = (place >> (8 * b)) & 0xff;
    i = next;
  }
  return out.subarray(0, at);
}

/** Small numbers as one bit-packed run of Parquet: groups of eight, `width` bits each, lowest bit first. */
export function bitPacked(values: ArrayLike<number>, width: number): Uint8Array {
  const groups = (values.length + 7) >> 3;
  const out = new Uint8Array(VARINT_BYTES + groups * width);
  const start = writeVarint(out, 0, groups * 2 + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let bit = 8 * start + i * width;
    for (let left = width, rest = value; left > 0;) {
      const room = Math.min(8 - (bit & 7), left);
      out[bit >> 3]! |= (rest & ((1 << room) - 1)) << (bit & 7);
      rest >>>= room;
      left -= room;
      bit += room;
    }
  }
  return out.subarray(0, start + groups * width);
}

/** Byte strings one after the other, each after its length in four bytes. */
export function lengths(...parts: readonly Uint8Array[]): Uint8Array {
  let bytes = 0;
  for (const part of parts) bytes += 4 + part.length;
  const out = new Uint8Array(bytes);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    out.set(part, at + 4);
    at += 4 + part.length;
  }
  return out;
}
