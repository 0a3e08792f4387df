import { POWERS_OF_TWO, ZEROTH_POWER } from "./_powers_of_two.ts";

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = 0.7071067811865476;
/** Leading 20 bits of the mantissa of {@link SQRT_HALF}. */
const SQRT_HALF_TOP = 0x6_a09e;
const TWO_POW_54 = 18_014_398_509_481_984;
/** Less the exponent's field of a number this is the index of the power that scales it into [1/2, 1). */
const INVERSE_POWER = ZEROTH_POWER + 1_022;
const POWERS = POWERS_OF_TWO; // V8 knows where a constant of this file lies; an imported one it looks up

const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);
/** Index of the half with sign and exponent: 1 on the little-endian machines that exist, else 0. */
const HIGH = highHalf();

function highHalf(): 0 | 1 {
  scratch[0] = 1;
  return halves[1] === 0x3ff0_0000 ? 1 : 0;
}

/**
 * Returns the natural logarithm of x by the same arithmetic on every machine.
 *
 * x = m 2^e with m in [sqrt 1/2, sqrt 2); ln m = 2 artanh((m - 1) / (m + 1)) as an odd series to
 * the 21st power. Absolute error below 4e-16 for x near 1 and relative error below 4e-16 elsewhere;
 * -Infinity for 0, NaN for x < 0 or NaN, Infinity for Infinity.
 *
 * @see docs/methods/synthetic-futures.md, "Arithmetic".
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let normal = x;
  let exponent = -1_022;
  scratch[0] = x;
  let top = halves[HIGH]!;
  if (top < 0x0010_0000) { // subnormal
    normal = x * TWO_POW_54;
    scratch[0] = normal;
    top = halves[HIGH]!;
    exponent -= 54;
  }
  // Below sqrt 1/2 or not by integers, since no guess of a branch on data would be right
  const mantissa = top & 0x000f_ffff;
  let low = (mantissa - SQRT_HALF_TOP) >>> 31;
  if (mantissa === SQRT_HALF_TOP) {
    low = normal * POWERS[INVERSE_POWER - (top >>> 20)]! < SQRT_HALF ? 1 : 0;
  }
  const biased = (top >>> 20) - low;
  exponent += biased;
  // Scaled rather than put together of halves: a load right after a store of one half waits for it.
  const m = normal * POWERS[INVERSE_POWER - biased]!;
  const f = m - 1;
  const s = f / (m + 1);
  const z = s * s;
  let p = 1 / 21;
  p = p * z + 1 / 19;
  p = p * z + 1 / 17;
  p = p * z + 1 / 15;
  p = p * z + 1 / 13;
  p = p * z + 1 / 11;
  p = p * z + 1 / 9;
  p = p * z + 1 / 7;
  p = p * z + 1 / 5;
  p = p * z + 1 / 3;
  // 2s = f - s f keeps the leading term exact; the series only adds the small rest
  const tail = 2 * s * z * p - s * f;
  return exponent * LN2_HIGH + (f + (tail + exponent * LN2_LOW));
}

/** Writes {@link log} of the first `count` values; `out` may be `x`. */
export function writeLog(x: Float64Array, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = log(x[i]!);
}
