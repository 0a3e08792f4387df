const HIGH_WORD = 4_294_967_296;

/** Writes exact integers (|x| ≤ 2^53) as little-endian int64 without a BigInt per value. */
export function wideIntegers(from: Float64Array, into: BigInt64Array): void {
  const words = new Int32Array(into.buffer, into.byteOffset, from.length * 2);
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!;
    const high = Math.floor(value / HIGH_WORD);
    words[2 * i] = value - high * HIGH_WORD;
    words[2 * i + 1] = high;
  }
}

/** Reads int64 as doubles, exact for |x| ≤ 2^53, without a BigInt per value. */
export function exactDoubles(from: BigInt64Array, into: Float64Array): void {
  const words = new Int32Array(from.buffer, from.byteOffset, from.length * 2);
  for (let i = 0; i < from.length; i++) {
    into[i] = words[2 * i + 1]! * HIGH_WORD + (words[2 * i]! >>> 0);
  }
}

/** Flags, one a byte, as bits from the lowest; bits after the last flag are 0. */
export function packBits(flags: Uint8Array, into: Uint8Array): void {
  into.fill(0);
  for (let i = 0; i < flags.length; i++) if (flags[i] !== 0) into[i >> 3]! |= 1 << (i & 7);
}

/** The first bits as flags, one a byte. */
export function unpackBits(bits: Uint8Array, into: Uint8Array): void {
  for (let i = 0; i < into.length; i++) into[i] = bits[i >> 3]! >> (i & 7) & 1;
}
