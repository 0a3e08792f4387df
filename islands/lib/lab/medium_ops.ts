import { type Op, OpList } from "./ops.ts";
import { ScopeAxis } from "./scope_axis.ts";
import { fillOf, type Gate, type ScopeGeometry } from "./scope_geometry.ts";
import { type ScopeSnapshot, type ScopeView, type ScopeWall, wallName } from "./scope_snapshot.ts";

/** Least width of a gate whose strength is written, CSS pixels. */
const WRITTEN_PX = 40;
const UNDER_METER_PX = 12;
const LINE_PX = 11;
const ARROW_ALPHA = 0.65;
/** Lines of the haze are so much denser than it, at most. */
const STRIAE = { factor: 1.2, most: 0.18 } as const;

/** The medium at one tick: terrain, gates, haze, current. */
export function mediumOps(
  snapshot: ScopeSnapshot,
  view: ScopeView,
  geometry: ScopeGeometry,
): readonly Op[] {
  const list = new OpList("field");
  addTerrain(list, geometry);
  for (const gate of geometry.gates) addGate(list, gate);
  addHaze(list, geometry, new ScopeAxis(snapshot, view));
  addCurrent(list, geometry, snapshot.currentFreshness ?? 1);
  return list.ops;
}

function addTerrain(list: OpList, { terrain, contours, bandA }: ScopeGeometry): void {
  const floor = bandA[1] + bandA[3];
  const [left, right] = [terrain[0]![0], terrain.at(-1)![0]];
  list.add("terrain-fill", { kind: "fill", points: [...terrain, [right, floor], [left, floor]] });
  for (const { y, segs } of contours) for (const seg of segs) list.across("contour", y, seg);
  list.add("terrain-line", { kind: "poly", points: terrain, width: 1.5 });
}

function addGate(list: OpList, gate: Gate): void {
  const { wall, x0, x1, y0, y1, alpha, meter, fill } = gate;
  const at = [x0, y0, x1 - x0, y1 - y0] as const;
  list.add("gate-fill", { kind: "rect", at }, alpha);
  if (wall.kind === "gex") list.add("gate-edge", { kind: "hatch", at, hatch: "diagonal" }, alpha);
  for (const x of [x0, x1]) list.down("gate-edge", x, [y0, y1], 1.5);
  list.add("wear-bg", { kind: "rect", at: meter });
  list.add("wear-fill", { kind: "rect", at: fill });
}

/** Strength and number of wide gates, and a mark where the strength was 10 s ago: they lie over the haze. */
export function addGateTexts(
  list: OpList,
  { gates }: ScopeGeometry,
  { Smax }: ScopeSnapshot,
  selected: ScopeWall | null,
): void {
  for (const { wall, x0, x1, meter } of gates) {
    const { S, S10 } = wall;
    const [left, top, width, tall] = meter;
    if (S10 !== undefined) {
      list.across("text", fillOf(meter, S10 / Smax)[1], [left - 2, left + width + 2]);
    }
    if (x1 - x0 < WRITTEN_PX && wall !== selected) continue;
    const y = top + tall + UNDER_METER_PX;
    list.write(S.toFixed(1), [left + width / 2, y], "center");
    list.write(`#${wallName(wall)}`, [left + width / 2, y + LINE_PX], "center");
  }
}

function addHaze(list: OpList, { bandA, hazeAlpha }: ScopeGeometry, axis: ScopeAxis): void {
  const [, top, , tall] = bandA;
  const width = hazeAlpha.length * axis.pxPerNode;
  const at = [axis.px(0) - width / 2, top, width, tall] as const;
  const lines = hazeAlpha.map((alpha) => Math.min(STRIAE.most, STRIAE.factor * alpha));
  list.add("haze", { kind: "hatch", at, hatch: "cells", alphas: hazeAlpha });
  list.add("haze", { kind: "hatch", at, hatch: "striae", alphas: lines });
}

function addCurrent(list: OpList, { arrows, arrowY }: ScopeGeometry, freshness: number): void {
  for (const [x, length] of arrows) {
    const alpha = ARROW_ALPHA * freshness;
    if (length === 0) list.add("arrow", { kind: "disc", at: [x, arrowY], r: 1 }, alpha);
    else {list.add(
        "arrow",
        { kind: "arrow", at: [x - length / 2, arrowY], length, width: 1 },
        alpha,
      );}
  }
}
