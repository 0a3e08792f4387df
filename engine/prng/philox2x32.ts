import { mulHigh } from "./_mul_high.ts";

const MULTIPLIER = 0xd256_d193;
/** Golden ratio of 2^32: what the key grows by from round to round. */
const WEYL = 0x9e37_79b9;
const ROUNDS = 10;

/**
 * Philox2x32-10: two random words of a counter and a key. Counter-based, so draws may be taken in any
 * order, by any number of threads, and again.
 *
 * @param c0 First word of the counter; taken modulo 2^32, as are the others.
 * @param c1 Second word of the counter.
 * @param key Which stream, a seed.
 * @param out Shape [2], written and returned; a hot loop hands in its own.
 * @see Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
 */
export function philox2x32(
  c0: number,
  c1: number,
  key: number,
  out: Uint32Array = new Uint32Array(2),
): Uint32Array {
  let x = c0 >>> 0;
  let y = c1 >>> 0;
  let k = key >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high = mulHigh(MULTIPLIER, x);
    const low = Math.imul(MULTIPLIER, x) >>> 0;
    x = (high ^ k ^ y) >>> 0;
    y = low;
    k = (k + WEYL) >>> 0;
  }
  out[0] = x;
  out[1] = y;
  return out;
}
