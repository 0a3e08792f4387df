import { type Op, OpList } from "./ops.ts";
import type { ScopeGeometry } from "./scope_geometry.ts";
import type { ScopeWall } from "./scope_snapshot.ts";

/** The crosshair through all bands, and the outline of the gate that it stands in. */
export function cursorOps(
  { plot: [, top, , tall], gates }: ScopeGeometry,
  x: number | null,
  selected: ScopeWall | null,
): readonly Op[] {
  const list = new OpList("cursor");
  const own = gates.find(({ wall }) => wall === selected);
  if (own !== undefined) {
    for (const edge of [own.x0, own.x1]) list.down("highlight", edge, [own.y0, own.y1], 2);
  }
  if (x !== null) list.down("highlight", x, [top, top + tall], 1, 0.8);
  return list.ops;
}
