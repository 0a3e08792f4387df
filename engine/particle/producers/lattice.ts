import type { LabConfig } from "../config.ts";
import type { Lattice } from "./feed_frame.ts";

/** The grid that producers write on: N nodes on either side of the spot, dx ticks apart. */
export type LabGrid = Pick<LabConfig, "N" | "dx">;

/** Widest part of a profile's edge that is faded out, ticks. */
const TAPER_TICKS = 10;

/** Value between the two samples around x, linear; 0 outside the samples. @param x Ticks from the anchor. */
export function linearAt({ x0, step, v }: Lattice, x: number): number {
  const u = (x - x0) / step;
  const j = Math.floor(u);
  const last = v.length - 1;
  if (j < 0 || u > last) return 0;
  if (j === last) return v[last]!;
  return v[j]! + (u - j) * (v[j + 1]! - v[j]!);
}

/**
 * Writes a profile at the nodes, each the mean over its cell by the weights 1/4, 1/2, 1/4.
 *
 * @param shift Spot less the profile's anchor, ticks.
 * @param out Shape [2N + 1].
 */
export function writeResampled(
  lattice: Lattice,
  shift: number,
  { N, dx }: LabGrid,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const x = (i - N) * dx + shift;
    out[i] = 0.25 * linearAt(lattice, x - dx / 2) + 0.5 * linearAt(lattice, x) +
      0.25 * linearAt(lattice, x + dx / 2);
  }
}

/** How far a profile reaches on either side of its anchor, ticks. */
export function supportOf({ x0, step, v }: Lattice): number {
  return Math.min(-x0, x0 + (v.length - 1) * step);
}

/**
 * Weight that fades a profile out before its end, so that the end itself makes no force: a raised
 * cosine over the last 10 ticks, or a quarter of the support where that is less.
 *
 * @param x Ticks from the spot.
 * @param support Ticks to either side that the profile covers.
 */
export function taper(x: number, support: number): number {
  const width = Math.min(TAPER_TICKS, support / 4);
  const into = Math.abs(x) - (support - width);
  if (into <= 0) return 1;
  return into < width ? (1 + Math.cos(Math.PI * into / width)) / 2 : 0;
}
