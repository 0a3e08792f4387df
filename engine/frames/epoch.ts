const HIGH_WORD = 4_294_967_296;

/**
 * Writes 64-bit times into columns as a base and an offset, both exact, without a BigInt per value: a base
 * is epoch ns of a session, an offset a double below 2^53.
 */
export class EpochBase {
  readonly baseNs: bigint;
  readonly #low: number;
  readonly #high: number;

  /** @param baseNs Epoch ns, ≥ 0. */
  constructor(baseNs: bigint) {
    this.baseNs = baseNs;
    this.#low = Number(baseNs & 0xffff_ffffn);
    this.#high = Number(baseNs >> 32n);
  }

  /**
   * Fills rows with one time.
   *
   * @param words The column's, by {@link wordsOf}.
   * @param from First row. @param to Row after the last one.
   * @param offsetNs Since the base, an integer, |offsetNs| < 2^53 − 2^32.
   */
  fill(words: Int32Array, from: number, to: number, offsetNs: number): void {
    const sum = this.#low + offsetNs;
    const carry = Math.floor(sum / HIGH_WORD);
    const low = sum - carry * HIGH_WORD;
    const high = this.#high + carry;
    for (let row = from; row < to; row++) {
      words[2 * row] = low;
      words[2 * row + 1] = high;
    }
  }
}

/** The halves of 64-bit integers, low before high, over the same memory: how ids and times are put row by row. */
export function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}
