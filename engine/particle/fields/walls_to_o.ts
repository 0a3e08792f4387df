import { exp } from "../../dmath/mod.ts";
import type { LabConfig } from "../config.ts";

/** What a wall is to the medium: a Gaussian barrier. */
export interface Barrier {
  /** Absolute price, ticks. */
  readonly center: number;
  /** Half width, ticks, > 0. */
  readonly sigma: number;
  /** Height, ticks^2/s^2, >= 0. */
  readonly S: number;
}

/** Beyond these many half widths a barrier is below 3e-18 of its height, less than a double sees. */
const REACH = 9;

/**
 * Adds barriers to the obstacle energy at the nodes.
 *
 * @param cfg The grid.
 * @param spot Price at x = 0, ticks.
 * @param walls Barriers, added in this order.
 * @param out Shape [2N + 1], ticks^2/s^2.
 */
export function addWalls(
  { N, dx }: Pick<LabConfig, "N" | "dx">,
  spot: number,
  walls: readonly Barrier[],
  out: Float64Array,
): void {
  for (const { center, sigma, S } of walls) {
    const offset = center - spot;
    const first = Math.max(0, Math.ceil((offset - REACH * sigma) / dx) + N);
    const last = Math.min(2 * N, Math.floor((offset + REACH * sigma) / dx) + N);
    for (let i = first; i <= last; i++) {
      const z = ((i - N) * dx - offset) / sigma;
      out[i] = out[i]! + S * exp(-0.5 * z * z);
    }
  }
}

/** Returns the obstacle energy of barriers alone. @see addWalls */
export function wallsToO(
  cfg: Pick<LabConfig, "N" | "dx">,
  spot: number,
  walls: readonly Barrier[],
): Float64Array {
  const out = new Float64Array(2 * cfg.N + 1);
  addWalls(cfg, spot, walls, out);
  return out;
}
