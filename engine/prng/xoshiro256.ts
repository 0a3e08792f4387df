import { add64, seedWord, SplitMix64 } from "./splitmix64.ts";

const TWO_POW_26 = 67_108_864;
const TWO_POW_MINUS_53 = 1 / 9_007_199_254_740_992;
const TWO_POW_MINUS_32 = 1 / 4_294_967_296;

/**
 * xoshiro256**: 256 bits of state, period 2^256 - 1, on 32-bit halves (no BigInt, no allocation).
 *
 * `low` and `high` hold the halves of the word that {@link Xoshiro256.advance} produced last.
 *
 * @see Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators".
 */
export class Xoshiro256 {
  /** Halves of s0..s3, low first. */
  readonly #state = new Int32Array(8);
  #low = 0;
  #high = 0;

  /**
   * @param seed Integer in 0..2^53 - 1 or bigint in 0..2^64 - 1; the state is the first four
   *   outputs of splitmix64, as the authors of xoshiro advise.
   * @param stream With a number, one of many independent streams of the same seed: splitmix64 is
   *   then seeded by its own first output for `seed` plus the stream number.
   * @throws {RangeError} When the seed or the stream is outside its range.
   */
  constructor(seed: number | bigint, stream?: number) {
    let word = seedWord(seed);
    if (stream !== undefined) word = add64(new SplitMix64(word).next(), seedWord(stream));
    const mix = new SplitMix64(word);
    for (let i = 0; i < 4; i++) {
      const value = mix.next();
      this.#state[2 * i] = value.low;
      this.#state[2 * i + 1] = value.high;
    }
  }

  /** Low 32 bits of the latest word, unsigned. */
  get low(): number {
    return this.#low >>> 0;
  }

  /** High 32 bits of the latest word, unsigned. */
  get high(): number {
    return this.#high >>> 0;
  }

  /** Draws the next 64-bit word. */
  advance(): void {
    const s = this.#state;
    const s1l = s[2]!;
    const s1h = s[3]!;
    // result = rotl(s1 * 5, 7) * 9; x * 5 = x + (x << 2) and x * 9 = x + (x << 3)
    let shiftLow = s1l << 2;
    let shiftHigh = (s1h << 2) | (s1l >>> 30);
    let sum = (s1l >>> 0) + (shiftLow >>> 0);
    const fiveLow = sum | 0;
    const fiveHigh = (s1h + shiftHigh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
    const turnLow = (fiveLow << 7) | (fiveHigh >>> 25);
    const turnHigh = (fiveHigh << 7) | (fiveLow >>> 25);
    shiftLow = turnLow << 3;
    shiftHigh = (turnHigh << 3) | (turnLow >>> 29);
    sum = (turnLow >>> 0) + (shiftLow >>> 0);
    this.#low = sum | 0;
    this.#high = (turnHigh + shiftHigh + (sum > 0xffff_ffff ? 1 : 0)) | 0;

    const s2l = s[4]! ^ s[0]!;
    const s2h = s[5]! ^ s[1]!;
    const s3l = s[6]! ^ s1l;
    const s3h = s[7]! ^ s1h;
    s[2] = s1l ^ s2l;
    s[3] = s1h ^ s2h;
    s[0] = s[0]! ^ s3l;
    s[1] = s[1]! ^ s3h;
    s[4] = s2l ^ (s1l << 17);
    s[5] = s2h ^ ((s1h << 17) | (s1l >>> 15));
    s[6] = (s3h << 13) | (s3l >>> 19); // rotl by 45 = swap halves, then rotl by 13
    s[7] = (s3l << 13) | (s3h >>> 19);
  }

  /** Returns a double in [0, 1) with 53 random bits. */
  uniform(): number {
    this.advance();
    return ((this.#high >>> 5) * TWO_POW_26 + (this.#low >>> 6)) * TWO_POW_MINUS_53;
  }

  /** Returns a double in (0, 1): never 0, so that its logarithm is finite. */
  uniformOpen(): number {
    this.advance();
    return ((this.#high >>> 5) * TWO_POW_26 + (this.#low >>> 6) + 0.5) * TWO_POW_MINUS_53;
  }

  /**
   * Returns an integer in 0..n - 1; bias is below n / 2^32.
   *
   * @param n Number of outcomes, 1..2^31.
   */
  below(n: number): number {
    this.advance();
    return Math.floor((this.#high >>> 0) * TWO_POW_MINUS_32 * n);
  }

  /** Returns the top 16 bits of the next word: an index into a table of 65,536 quantiles. */
  bits16(): number {
    this.advance();
    return this.#high >>> 16;
  }

  /** Returns a copy of the eight halves of the state, s0 low first. */
  save(): Int32Array {
    return this.#state.slice();
  }

  /**
   * Puts back a saved state.
   *
   * @throws {RangeError} When the state does not have eight halves or is all zero.
   */
  restore(state: Int32Array): void {
    if (state.length !== 8 || state.every((half) => half === 0)) {
      throw new RangeError(`Cannot restore a generator from ${state.length} halves`);
    }
    this.#state.set(state);
  }
}
