import { mulHigh } from "./_mul_high.ts";

/** A 64-bit word as two unsigned 32-bit halves. */
export interface Word64 {
  readonly low: number;
  readonly high: number;
}

/** Returns `a * b` modulo 2^64. */
function multiply(a: Word64, b: Word64): Word64 {
  const low = Math.imul(a.low, b.low) >>> 0;
  const high = mulHigh(a.low, b.low) + Math.imul(a.low, b.high) + Math.imul(a.high, b.low);
  return { low, high: high >>> 0 };
}

/** Returns `a + b` modulo 2^64. */
export function add64(a: Word64, b: Word64): Word64 {
  const sum = a.low + b.low;
  const low = sum >>> 0;
  return { low, high: (a.high + b.high + (sum > 0xffff_ffff ? 1 : 0)) >>> 0 };
}

/** Returns `a ^ (a >>> shift)` for a shift in 1..31. */
function xorShiftRight(a: Word64, shift: number): Word64 {
  const low = (a.low >>> shift) | (a.high << (32 - shift));
  return { low: (a.low ^ low) >>> 0, high: (a.high ^ (a.high >>> shift)) >>> 0 };
}

const GAMMA: Word64 = { low: 0x7f4a_7c15, high: 0x9e37_79b9 };
const FACTOR_1: Word64 = { low: 0x1ce4_e5b9, high: 0xbf58_476d };
const FACTOR_2: Word64 = { low: 0x1331_11eb, high: 0x94d0_49bb };

/**
 * The splitmix64 generator: turns one 64-bit seed into well mixed words, for seeding others.
 *
 * @see Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
 */
export class SplitMix64 {
  #state: Word64;

  /** @param seed Any 64-bit word. */
  constructor(seed: Word64) {
    this.#state = seed;
  }

  /** Returns the next 64-bit word. */
  next(): Word64 {
    this.#state = add64(this.#state, GAMMA);
    const first = multiply(xorShiftRight(this.#state, 30), FACTOR_1);
    const second = multiply(xorShiftRight(first, 27), FACTOR_2);
    return xorShiftRight(second, 31);
  }
}

/**
 * Returns a seed as a 64-bit word.
 *
 * @param seed An integer in 0..2^53 - 1, or a bigint in 0..2^64 - 1.
 * @throws {RangeError} When the seed is outside its range.
 */
export function seedWord(seed: number | bigint): Word64 {
  if (typeof seed === "bigint") {
    if (seed < 0n || seed > 0xffff_ffff_ffff_ffffn) {
      throw new RangeError(`Cannot seed a generator as the seed must fit 64 bits: ${seed}`);
    }
    return { low: Number(seed & 0xffff_ffffn), high: Number(seed >> 32n) };
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`Cannot seed a generator as the seed must be an integer >= 0: ${seed}`);
  }
  return { low: seed >>> 0, high: Math.floor(seed / 4_294_967_296) };
}
