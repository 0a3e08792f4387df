import { exp } from "../../dmath/mod.ts";
import type { LabGrid } from "./lattice.ts";

/** Beyond so many widths a Gaussian is below 3e-18 of its height. */
const REACH = 9;

/**
 * Adds `height * exp(-((x - centre) / sigma)^2 / 2)` at the nodes.
 *
 * @param centre Ticks from the spot.
 * @param sigma Ticks, > 0.
 */
export function addGaussian(
  out: Float64Array,
  { N, dx }: LabGrid,
  centre: number,
  sigma: number,
  height: number,
): void {
  const from = Math.max(0, Math.ceil((centre - REACH * sigma) / dx) + N);
  const to = Math.min(out.length - 1, Math.floor((centre + REACH * sigma) / dx) + N);
  for (let i = from; i <= to; i++) {
    const z = ((i - N) * dx - centre) / sigma;
    out[i] = out[i]! + height * exp(-0.5 * z * z);
  }
}
