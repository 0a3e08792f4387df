import { exp, writeLog } from "../dmath/mod.ts";
import { BLOCK } from "./expiry_columns.ts";

/** Time values of a block's rows as what an option out of the money is worth. Shape [BLOCK] each. */
export interface TimeValues {
  /** Time value over the most that it can be, in (0, 1): the lesser of forward and strike, discounted. */
  readonly share: Float64Array;
  /** 1 - share, without its rounding. */
  readonly rest: Float64Array;
  /** The lesser of forward and strike over the greater, in (0, 1]. */
  readonly near: Float64Array;
  /** 1 - near, without its rounding. */
  readonly gap: Float64Array;
  /** -ln near, >= 0. */
  readonly distance: Float64Array;
}

const TWO_OVER_PI = 2 / Math.PI;
/** Below it -ln(1 - x) is x (1 + x/2) well enough for a guess, and 1 - x has lost too much of x. */
const SMALL = 0.01;
const power = new Float64Array(BLOCK);
const kept = new Float64Array(BLOCK);
const lost = new Float64Array(BLOCK);
const lnKept = new Float64Array(BLOCK);

/**
 * Writes volatility times the root of time as the explicit formula of Stefanica and Radoicic has it, within 13 % of
 * what it is for any share and distance: Black and Scholes solved with Pólya's P(0 < Z < x) = sqrt(1 - e^(-2x²/π))/2
 * in place of the normal distribution. Written by us for options out of the money, without differences of what is
 * nearly equal.
 *
 * @param out Shape [BLOCK].
 * @see Stefanica and Radoicic (2017), "An explicit implied volatility formula".
 */
export function writeGuesses(values: TimeValues, out: Float64Array, count: number): void {
  writeKept(values, count);
  writeLog(kept, lnKept, count);
  writeRoots(values, out, count);
}

/** e^(-2γ/π) as `kept` and 1 less it as `lost`, where γ is half of d1² + d2², over 2: the root of a quadratic. */
function writeKept({ share, rest, near, gap, distance }: TimeValues, count: number): void {
  for (let i = 0; i < count; i++) {
    const q = exp(distance[i]! * TWO_OVER_PI);
    power[i] = q;
    const c = share[i]!;
    const a = near[i]! * q;
    const inverse = 1 / a;
    const slope = gap[i]! + near[i]! * c;
    const square = (a - inverse) * (a - inverse);
    const linear = 4 * gap[i]! * (q - inverse) + 8 * c * (a + inverse) * slope;
    const constant = 16 * c * rest[i]! * slope * (1 + near[i]! * c);
    const root = Math.sqrt(linear * linear + 4 * square * constant);
    kept[i] = 2 * constant / (linear + root);
    const bend = (a - 1) * (a - 1) * inverse + 4 * c * slope;
    const sum = bend * bend + 4 * (q - 1) * (q - 1) / q;
    lost[i] = 2 * sum / (2 * square + linear + root);
  }
}

/** sqrt(γ + y) ± sqrt(γ - y): minus, as a quotient, when less is paid than where d1 is 0. */
function writeRoots(
  { share, near, distance }: TimeValues,
  out: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const x = lost[i]!;
    const y = distance[i]!;
    const gamma = (x < SMALL ? x * (1 + 0.5 * x) : -lnKept[i]!) / TWO_OVER_PI;
    const rest = gamma - y;
    const sum = Math.sqrt(gamma + y) + Math.sqrt(rest > 0 ? rest : 0);
    const turn = 0.5 - (0.5 - 0.5 * Math.sqrt(1 - 1 / (power[i]! * power[i]!))) / near[i]!;
    out[i] = share[i]! < turn ? 2 * y / sum : sum;
  }
}
