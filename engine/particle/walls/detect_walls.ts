import type { LabConfig } from "../config.ts";
import type { WallObservation } from "./wall.ts";
import type { WallParams } from "./wall_params.ts";

/** Full width at half height of a Gaussian, in half widths. */
const FWHM_IN_SIGMA = 2 * Math.sqrt(2 * Math.LN2);

/** Constants of the detector. */
export type DetectParams = Pick<
  WallParams,
  "eBirth" | "promMin" | "sep" | "cap" | "sigMin" | "sigMax"
>;

interface Peak {
  readonly node: number;
  readonly prominence: number;
}

/**
 * Returns the walls that a profile of evidence shows, by rising centre: peaks of the smoothed profile
 * that are high and prominent enough and not too close to a higher one.
 *
 * @param evidence Shape [2N + 1], 0..1, at the nodes.
 * @param spot Price at x = 0, ticks.
 * @param cfg The grid.
 * @param params Thresholds.
 * @param reinforcementAt Reinforcement at a distance from the spot, ticks; 0 when left out.
 */
export function detectWalls(
  evidence: ArrayLike<number>,
  spot: number,
  { N, dx }: Pick<LabConfig, "N" | "dx">,
  params: DetectParams,
  reinforcementAt: (x: number) => number = () => 0,
): readonly WallObservation[] {
  const smooth = smoothed(evidence);
  return accepted(peaksOf(smooth, params), smooth, N, params).map(({ node, prominence }) => {
    const x = (node - N + vertex(smooth, node)) * dx;
    const height = smooth[node]!;
    const width = widthAt(smooth, node, height - prominence / 2) * dx / FWHM_IN_SIGMA;
    return {
      center: spot + x,
      e: Math.min(Math.max(height, 0), 1),
      r: reinforcementAt(x),
      sigma: Math.min(Math.max(width, params.sigMin), params.sigMax),
    };
  }).sort((a, b) => a.center - b.center);
}

function smoothed(values: ArrayLike<number>): Float64Array {
  const last = values.length - 1;
  return Float64Array.from(
    values,
    (value, i) =>
      0.25 * values[Math.max(i - 1, 0)]! + 0.5 * value + 0.25 * values[Math.min(i + 1, last)]!,
  );
}

function peaksOf(smooth: Float64Array, { eBirth, promMin }: DetectParams): readonly Peak[] {
  const peaks: Peak[] = [];
  for (let i = 1; i + 1 < smooth.length; i++) {
    const height = smooth[i]!;
    if (!(height >= eBirth && height > smooth[i - 1]! && height >= smooth[i + 1]!)) continue;
    const base = Math.max(lowestTo(smooth, i, -1), lowestTo(smooth, i, 1));
    if (height - base >= promMin) peaks.push({ node: i, prominence: height - base });
  }
  return peaks;
}

/** The lowest value met from a node on, until one is higher than the node. */
function lowestTo(smooth: Float64Array, node: number, step: 1 | -1): number {
  const height = smooth[node]!;
  let lowest = height;
  for (let j = node; j >= 0 && j < smooth.length && smooth[j]! <= height; j += step) {
    lowest = Math.min(lowest, smooth[j]!);
  }
  return lowest;
}

/** The highest peaks first, then those near the spot; none close to one already taken. */
function accepted(
  peaks: readonly Peak[],
  smooth: Float64Array,
  N: number,
  { sep, cap }: DetectParams,
): readonly Peak[] {
  const ranked = peaks.toSorted((a, b) =>
    smooth[b.node]! - smooth[a.node]! || Math.abs(a.node - N) - Math.abs(b.node - N) ||
    a.node - b.node
  );
  const taken: Peak[] = [];
  for (const peak of ranked) {
    if (taken.length === cap) break;
    if (taken.every(({ node }) => Math.abs(node - peak.node) >= sep)) taken.push(peak);
  }
  return taken;
}

/** Top of the parabola through a peak and its neighbours, nodes from the peak, -0.5..0.5. */
function vertex(smooth: Float64Array, node: number): number {
  const [left, top, right] = [smooth[node - 1]!, smooth[node]!, smooth[node + 1]!];
  const bend = left - 2 * top + right;
  return bend === 0 ? 0 : Math.min(Math.max(0.5 * (left - right) / bend, -0.5), 0.5);
}

/** Width of a peak at a level, nodes; it ends at the grid's ends. */
function widthAt(smooth: Float64Array, node: number, level: number): number {
  return crossing(smooth, node, level, 1) - crossing(smooth, node, level, -1);
}

function crossing(smooth: Float64Array, node: number, level: number, step: 1 | -1): number {
  for (let j = node + step; j >= 0 && j < smooth.length; j += step) {
    const [outer, inner] = [smooth[j]!, smooth[j - step]!];
    if (outer < level) return j - step * (level - outer) / (inner - outer);
  }
  return step === 1 ? smooth.length - 1 : 0;
}
