const GRID = 1e6;
const HIGH_WORD = 4_294_967_296;

/**
 * Order-sensitive 64-bit hash over integers and over values rounded to a grid of 1e-6. For telling
 * two runs apart, not for security. Two lanes of the MurmurHash3 finaliser (Appleby, public domain).
 */
export class StateHash {
  #a = 0x9747b28c;
  #b = 0x3c6ef372;

  /** Adds an integer, exact to 2^53. */
  integer(value: number): void {
    const high = Math.floor(value / HIGH_WORD);
    this.#word(value - high * HIGH_WORD);
    this.#word(high);
  }

  /** Adds a value rounded to 1e-6. */
  rounded(value: number): void {
    this.integer(Math.round(value * GRID) + 0);
  }

  /** 16 hex digits. */
  digest(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
    return hex(finish(this.#a)) + hex(finish(this.#b));
  }

  #word(word: number): void {
    const mixed = finish(word | 0);
    this.#a = Math.imul(this.#a ^ mixed, 0x5bd1e995) + 0x165667b1 | 0;
    this.#b = Math.imul((this.#b << 13 | this.#b >>> 19) ^ mixed, 0x85ebca6b) + 0x27d4eb2f | 0;
  }
}

function finish(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
