import { seedWord, SplitMix64 } from "./splitmix64.ts";

const TWO_POW_26 = 67_108_864;
const TWO_POW_MINUS_53 = 1 / 9_007_199_254_740_992;

/**
 * xoshiro128**: 128 bits of state in 32-bit words; the small generator for draws that are few.
 *
 * @see Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators".
 */
export class Xoshiro128 {
  readonly #state = new Int32Array(4);

  /**
   * @param seed Integer in 0..2^53 - 1 or bigint in 0..2^64 - 1, spread by splitmix64.
   * @throws {RangeError} When the seed is outside its range.
   */
  constructor(seed: number | bigint) {
    const mix = new SplitMix64(seedWord(seed));
    for (let i = 0; i < 2; i++) {
      const value = mix.next();
      this.#state[2 * i] = value.low;
      this.#state[2 * i + 1] = value.high;
    }
  }

  /** Returns the next unsigned 32-bit word. */
  u32(): number {
    const s = this.#state;
    const s1 = s[1]!;
    const five = Math.imul(s1, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    const s2 = s[2]! ^ s[0]!;
    const s3 = s[3]! ^ s1;
    s[1] = s1 ^ s2;
    s[0] = s[0]! ^ s3;
    s[2] = s2 ^ (s1 << 9);
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }

  /** Returns a double in [0, 1) with 53 random bits, from two words. */
  uniform(): number {
    const high = this.u32() >>> 5;
    return (high * TWO_POW_26 + (this.u32() >>> 6)) * TWO_POW_MINUS_53;
  }

  /**
   * Returns an integer in 0..n - 1; bias is below n / 2^32.
   *
   * @param n Number of outcomes, 1..2^20.
   */
  below(n: number): number {
    return Math.floor((this.u32() * n) / 4_294_967_296);
  }

  /** Shuffles `items` in place (Fisher and Yates, from the top) and returns it. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = items[i]!;
      items[i] = items[j]!;
      items[j] = held;
    }
    return items;
  }
}
