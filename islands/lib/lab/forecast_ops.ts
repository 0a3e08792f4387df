import { addGateTexts } from "./medium_ops.ts";
import { type Op, OpList, type ScopeInk } from "./ops.ts";
import { signedTicks } from "./scope_axis.ts";
import { isSaturated, type Probe, type ScopeGeometry, velocityLength } from "./scope_geometry.ts";
import { markerRadius } from "./scope_ladders.ts";
import type { ScopeSnapshot, ScopeWall } from "./scope_snapshot.ts";
import type { Px } from "./scope_terrain.ts";

const PROBE_R = 6;
/** The arrow of force lies so much below that of velocity. */
const FORCE_BELOW_PX = 14;
const SHAFT_PX = 2;
/** From the plot to the texts in its gutters. */
const GUTTER_GAP_PX = 6;
const BAND_PX = 4;
const DROP_ALPHA = 0.25;
const ACTUAL_R = 3.5;
/** A value beyond the view stands so much above the bar of its error. */
const OVER_BAR_PX = 7;

/** The particle, where it is thought to go, and what was thought before. */
export function forecastOps(
  snapshot: ScopeSnapshot,
  geometry: ScopeGeometry,
  selected: ScopeWall | null,
): readonly Op[] {
  const list = new OpList("dynamic");
  addGateTexts(list, geometry, snapshot, selected);
  addProbe(list, geometry.probe, snapshot);
  addLadder(list, geometry, snapshot);
  addErrors(list, geometry, snapshot);
  return list.ops;
}

function addProbe(list: OpList, { x, y, vLen, aLen }: Probe, snapshot: ScopeSnapshot): void {
  const saturated = isSaturated(snapshot);
  addShaft(list, "velocity", [x, y], vLen, saturated.v);
  addShaft(list, "force", [x, y + FORCE_BELOW_PX], aLen, saturated.a);
  if (snapshot.v0 !== undefined) {
    const at = x + velocityLength(snapshot.v0);
    list.down("velocity", at, [y - PROBE_R, y + PROBE_R], 2);
  }
  list.add("probe", { kind: "disc", at: [x, y], r: PROBE_R });
}

function addShaft(list: OpList, ink: ScopeInk, [x, y]: Px, length: number, more: boolean): void {
  if (length === 0) return;
  list.add(ink, { kind: "arrow", at: [x, y], length, width: SHAFT_PX });
  const to = length < 0 ? -1 : 1;
  if (more) list.add(ink, { kind: "chevron", at: [x + length + 10 * to, y], to, count: 2 });
}

function addLadder(list: OpList, geometry: ScopeGeometry, { forecast }: ScopeSnapshot): void {
  const { ladder, bandB, plot, probe } = geometry;
  const [left, right] = [plot[0], plot[0] + plot[2]];
  const floor = bandB[1] + bandB[3];
  for (const { x, y, r, alpha, band: [lo, hi], off } of ladder) {
    if (hi > lo) list.add("band", { kind: "rect", at: [lo, y - BAND_PX / 2, hi - lo, BAND_PX] });
    for (const end of [lo, hi]) {
      if (end > left && end < right) list.down("predicted", end, [y - 4, y + 4], 1, 0.6);
    }
    list.down("predicted", x, [y + r, floor], 1, DROP_ALPHA);
    if (off !== 0) list.add("predicted", { kind: "chevron", at: [x, y], to: off, count: 1 }, alpha);
    else list.add("predicted", { kind: "diamond", at: [x, y], r }, alpha);
  }
  const path = ladder.map(({ x, y }): Px => [x, y]);
  list.add("predicted", { kind: "poly", points: [[probe.x, bandB[1]], ...path], width: 1.5 }, 0.6);
  ladder.forEach(({ y, label }, i) => {
    list.write(label, [left - GUTTER_GAP_PX, y], "right");
    list.write(signedTicks(forecast[i]!.x, 2), [right + GUTTER_GAP_PX, y], "left", "predicted");
  });
}

function addErrors(list: OpList, geometry: ScopeGeometry, snapshot: ScopeSnapshot): void {
  const { errors, bandC: [left, top, width, tall], ladder } = geometry;
  const { resolved, origin } = snapshot;
  if (errors.length === 0) {
    list.write("unresolved", [left + width / 2, top + tall / 2], "center");
    return;
  }
  for (const { h, y, xp, xa, label, lx } of errors) {
    const row = resolved.find((own) => own.h === h)!;
    const r = markerRadius(h, Math.max(ladder.length, errors.length));
    addMark(list, geometry, { at: [xp, y], ticks: row.pred, ink: "predicted", r });
    addMark(list, geometry, { at: [xa, y], ticks: row.act, ink: "actual", r: ACTUAL_R });
    list.add("error", { kind: "line", from: [xp, y], to: [xa, y], width: 2 }, 0.8);
    if (label !== "") list.write(label, [lx, y], "left", "error");
    list.write(labelOf(geometry, h), [left - GUTTER_GAP_PX, y], "right");
    if (row.rms !== undefined) {
      list.write(`rms ${row.rms.toFixed(2)}`, [left + width + GUTTER_GAP_PX, y], "left");
    }
  }
  if (origin !== undefined) list.write(`origin ${origin}`, [left + 6, top + 9], "left");
}

function labelOf({ ladder }: ScopeGeometry, h: number): string {
  return ladder[h - 1]?.label ?? `h${h}`;
}

interface Mark {
  readonly at: Px;
  readonly ticks: number;
  readonly ink: "predicted" | "actual";
  readonly r: number;
}

/** Adds a marker, or a chevron at the edge with the ticks that lie beyond it. */
function addMark(list: OpList, { xVis }: ScopeGeometry, { at, ticks, ink, r }: Mark): void {
  if (Math.abs(ticks) <= xVis) {
    list.add(ink, { kind: ink === "predicted" ? "diamond" : "disc", at, r });
    return;
  }
  const to = ticks < 0 ? -1 : 1;
  list.add(ink, { kind: "chevron", at, to, count: 1 });
  const text: Px = [at[0] - 8 * to, at[1] - OVER_BAR_PX];
  list.write(signedTicks(ticks, 1), text, to < 0 ? "left" : "right", ink);
}
