const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = 0.7071067811865476;
const TWO_POW_54 = 18_014_398_509_481_984;

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
  let exponent = 0;
  scratch[0] = x;
  if (halves[HIGH]! < 0x0010_0000) { // subnormal
    scratch[0] = x * TWO_POW_54;
    exponent = -54;
  }
  const top = halves[HIGH]!;
  exponent += (top >>> 20) - 1_022;
  halves[HIGH] = (top & 0x000f_ffff) | 0x3fe0_0000; // m in [1/2, 1)
  let m = scratch[0]!;
  if (m < SQRT_HALF) {
    m *= 2;
    exponent--;
  }
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
