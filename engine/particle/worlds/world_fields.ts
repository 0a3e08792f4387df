import { exp } from "../../dmath/mod.ts";
import type { LabConfig } from "../config.ts";
import type { NodalFields } from "../fields/mod.ts";
import type { World } from "./world.ts";

const WELL_DEPTH = 5;
const WELL_SIGMA = 8;
const FLOW_TO_CURRENT = 4;
const DRAG = 0.6;

/**
 * Writes the medium of a world at a tick: a well at the anchor (U, ticks^2/s^2), a current by the flow
 * (C, ticks/s), a constant drag (G, 1/s) and no walls (O). A world with a wall has the drag alone; its
 * walls come of its observations.
 *
 * @param tick Row of the world.
 * @param out Every cell is written.
 */
export function writeWorldFields(
  world: World,
  tick: number,
  grid: Pick<LabConfig, "N" | "dx">,
  out: NodalFields,
): void {
  out.O.fill(0);
  out.G.fill(DRAG);
  out.C.fill(FLOW_TO_CURRENT * world.ofi[tick]!);
  if (world.obs !== null) {
    out.U.fill(0);
    return;
  }
  const edge = grid.N * grid.dx;
  const centre = Math.min(edge, Math.max(-edge, world.anchor[tick]!));
  for (let i = 0; i < out.U.length; i++) {
    const z = ((i - grid.N) * grid.dx - centre) / WELL_SIGMA;
    out.U[i] = -WELL_DEPTH * exp(-0.5 * z * z);
  }
}
