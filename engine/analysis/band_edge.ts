import { AnalysisError, checkWholeList } from "./error.ts";

/** Keeps the composite of an untouched level at 0. */
const EPS_COMPOSITE = 1e-12;

/**
 * Lean of one bin for every band width at once: `out[at + b − 1]` is the mean composite of the `b`
 * levels below the centre minus that of the `b` above, b = 1 … centre.
 *
 * The composite of a level is `(P − V) / (|P| + |V| + 1e-12)`, in [−1, 1].
 *
 * @param from First level of the bin in `pressure` and `vacuum`.
 * @param rows Levels of the bin, odd; the centre is the middle one.
 */
export function writeBandAsymmetry(
  pressure: Float64Array,
  vacuum: Float64Array,
  from: number,
  rows: number,
  out: Float64Array,
  at: number,
): void {
  const centre = (rows - 1) / 2;
  let below = 0;
  let above = 0;
  for (let b = 1; b <= centre; b++) {
    const low = from + centre - b;
    const high = from + centre + b;
    below += composite(pressure[low]!, vacuum[low]!);
    above += composite(pressure[high]!, vacuum[high]!);
    out[at + b - 1] = below / b - above / b;
  }
}

function composite(p: number, v: number): number {
  return (p - v) / (Math.abs(p) + Math.abs(v) + EPS_COMPOSITE);
}

/**
 * Directional edge of every bin: bands weighted by 1/√width, then trailing means weighted by
 * 1/√length; a mean of the first bins takes those there are. Positive is bullish.
 *
 * @param asymmetry Shape [bins][radius] as {@linkcode writeBandAsymmetry} fills it.
 * @param bands Widths in levels; one wider than the radius is the radius.
 * @param microWindows Lengths in bins.
 * @throws {AnalysisError} When a list is empty or an item is no whole number ≥ 1.
 */
export function directionalEdge(
  asymmetry: Float64Array,
  bins: number,
  radius: number,
  bands: readonly number[],
  microWindows: readonly number[],
): Float64Array {
  checkWholeList("directional-bands", bands, 1);
  checkWholeList("micro-windows", microWindows, 1);
  if (radius < 1) throw new AnalysisError("data", "rows per bin", "must be 3 or more");
  const weights = inverseRoots(bands);
  const raw = new Float64Array(bins);
  for (let i = 0; i < bins; i++) {
    let sum = 0;
    for (let b = 0; b < bands.length; b++) {
      sum += weights[b]! * asymmetry[i * radius + Math.min(bands[b]!, radius) - 1]!;
    }
    raw[i] = sum;
  }
  return smooth(raw, microWindows);
}

/** Trailing means of several lengths, weighted by 1/√length. Shape as `raw`. */
function smooth(raw: Float64Array, microWindows: readonly number[]): Float64Array {
  const weights = inverseRoots(microWindows);
  const out = new Float64Array(raw.length);
  for (let w = 0; w < microWindows.length; w++) {
    const length = microWindows[w]!;
    const weight = weights[w]!;
    let sum = 0;
    for (let i = 0; i < raw.length; i++) {
      sum += raw[i]!;
      if (i >= length) sum -= raw[i - length]!;
      out[i]! += weight * (sum / Math.min(i + 1, length));
    }
  }
  return out;
}

/** 1/√x of each, scaled to sum 1. */
function inverseRoots(values: readonly number[]): readonly number[] {
  const roots = values.map((value) => 1 / Math.sqrt(value));
  const total = roots.reduce((sum, root) => sum + root, 0);
  return roots.map((root) => root / total);
}
