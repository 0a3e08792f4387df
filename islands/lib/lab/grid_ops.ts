import { type Op, OpList } from "./ops.ts";
import type { ScopeGeometry } from "./scope_geometry.ts";
import type { ScopeView } from "./scope_snapshot.ts";
import type { Px } from "./scope_terrain.ts";

const LABEL_Y = 12;

/** What stays as long as zoom and size do: ground, lines, labels. */
export function gridOps(geometry: ScopeGeometry, { w, h }: ScopeView): readonly Op[] {
  const { plot, bandA, bandB, bandC, minor, minorAlpha, major, near, labels, probe } = geometry;
  const list = new OpList("static");
  const whole: Px = [plot[1], plot[1] + plot[3]];
  const bandOnly: Px = [bandA[1], bandA[1] + bandA[3]];
  list.add("bg", { kind: "rect", at: [0, 0, w, h] });
  for (const x of minor) list.down("grid-minor", x, whole, 1, minorAlpha);
  for (const x of major) if (x !== probe.x) list.down("grid-major", x, whole);
  for (const [, top] of [bandB, bandC]) {
    list.across("grid-major", top, [plot[0], plot[0] + plot[2]]);
  }
  for (const x of near) {
    const at = Math.floor(x) + 0.5;
    const [top, bottom] = bandOnly;
    list.add("near", { kind: "line", from: [at, top], to: [at, bottom], width: 1, dash: [3, 4] });
  }
  list.down("centre", probe.x, whole, 2);
  for (const { x, text } of labels) list.write(text, [x, LABEL_Y], "center");
  return list.ops;
}
