import { POWERS_OF_TWO, ZEROTH_POWER } from "./_powers_of_two.ts";

const LOG2_E = 1.4426950408889634;
const LN2_HIGH = 0.6931471803691238; // the leading 32 bits of ln 2, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const MAX_ARGUMENT = 709.782712893384;
const MIN_ARGUMENT = -708;
const LAST_POWER = 2_047;
const POWERS = POWERS_OF_TWO; // V8 knows where a constant of this file lies; an imported one it looks up

/**
 * Returns e^x by the same sequence of additions and multiplications on every machine.
 *
 * The argument is reduced to |r| <= ln 2 / 2, where the Taylor polynomial of degree 13 is exact to
 * a double. Relative error below 4e-16 for -708 <= x <= 709.78; 0 below (no subnormal results),
 * Infinity above; NaN for NaN.
 *
 * @see docs/methods/synthetic-futures.md, "Arithmetic".
 */
export function exp(x: number): number {
  if (!(x <= MAX_ARGUMENT)) return x > 0 ? Infinity : NaN;
  if (x < MIN_ARGUMENT) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = (x - k * LN2_HIGH) - k * LN2_LOW;
  let p = 1 / 6_227_020_800;
  p = p * r + 1 / 479_001_600;
  p = p * r + 1 / 39_916_800;
  p = p * r + 1 / 3_628_800;
  p = p * r + 1 / 362_880;
  p = p * r + 1 / 40_320;
  p = p * r + 1 / 5_040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 0.5;
  p = 1 + (r + r * r * p);
  // 2^1024 is not a double, so the scale comes in two exact steps; the mask spares V8 a check of bounds
  return p * 2 * POWERS[((k | 0) + ZEROTH_POWER - 1) & LAST_POWER]!;
}

/** Writes {@link exp} of the first `count` values; `out` may be `x`. */
export function writeExp(x: Float64Array, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = exp(x[i]!);
}
