import { log } from "../../dmath/mod.ts";
import { philox2x32 } from "../../prng/mod.ts";

const TWO_POW_MINUS_32 = 1 / 4_294_967_296;
const words = new Uint32Array(2);

/** A random word as a double in (0, 1), the middle of its cell: never 0, so that it has a logarithm. */
export function openUniform(word: number): number {
  return (word + 0.5) * TWO_POW_MINUS_32;
}

/**
 * Two independent standard normal draws of a counter and a key, by the trigonometric transform.
 *
 * @param c0 First word of the counter, modulo 2^32.
 * @param c1 Second word of the counter, modulo 2^32.
 * @param key Seed, modulo 2^32.
 * @param out Shape [2], written and returned: the draw by cosine, then the one by sine.
 * @see Box and Muller (1958), "A note on the generation of random normal deviates".
 */
export function normals(
  c0: number,
  c1: number,
  key: number,
  out: Float64Array = new Float64Array(2),
): Float64Array {
  philox2x32(c0, c1, key, words);
  const radius = Math.sqrt(-2 * log(openUniform(words[0]!)));
  const angle = 2 * Math.PI * openUniform(words[1]!);
  out[0] = radius * Math.cos(angle);
  out[1] = radius * Math.sin(angle);
  return out;
}
