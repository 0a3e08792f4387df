import type { ScopeAxis } from "./scope_axis.ts";
import type { Rect, ScopeSnapshot } from "./scope_snapshot.ts";

/** Share of the scale that a tick takes away, so that it grows at once and shrinks slowly. */
const SCALE_KEPT = 0.98;
/** Share of the band's height that a full unit of the terrain takes. */
const HEIGHT = 0.4;
const LEVELS = 5;

/** A place in pixels. */
export type Px = readonly [number, number];

/** An iso-level of the terrain: where the terrain is at or above it. */
export interface Contour {
  /** −1 to 1. */
  readonly level: number;
  readonly y: number;
  /** From and to, pixels from the left. */
  readonly segs: readonly Px[];
}

/** The energy landscape: ridges repel and lie up, valleys attract and lie down. */
export interface Terrain {
  /** Energy of a full unit, ticks²/s². */
  readonly scale: number;
  readonly terrain: readonly Px[];
  readonly contours: readonly Contour[];
  /** Height of the spot, pixels from the top. */
  readonly spotY: number;
}

/** Weighted energy at a node, ticks²/s²: wU·U + wO·O. @param i 0 to 2N. */
function energyAt({ theta, U, O }: ScopeSnapshot, i: number): number {
  return theta[0]! * U[i]! + theta[3]! * O[i]!;
}

/** Returns the energy of a full unit: the greatest in the medium, at least 1, or 98 % of the scale before. */
function terrainScale(snapshot: ScopeSnapshot): number {
  let scale = Math.max(1, SCALE_KEPT * (snapshot.scaleBefore ?? 0));
  for (let i = 0; i <= 2 * snapshot.N; i++) {
    scale = Math.max(scale, Math.abs(energyAt(snapshot, i)));
  }
  return scale;
}

/** Lays the landscape in its band. */
export function scopeTerrain(
  snapshot: ScopeSnapshot,
  axis: ScopeAxis,
  [, top, , tall]: Rect,
): Terrain {
  const { N, dx } = snapshot;
  const scale = terrainScale(snapshot);
  const valueAt = (node: number) => energyAt(snapshot, node + N) / scale;
  const y = (value: number) => top + tall / 2 - HEIGHT * tall * value;
  const nodes = axis.nodes(1);
  const line = clipped(nodes.map((node): Px => [node * dx, valueAt(node)]), axis.xVis);
  return {
    scale,
    terrain: nodes.map((node): Px => [axis.px(node * dx), y(valueAt(node))]),
    contours: Array.from({ length: LEVELS }, (_, j) => {
      const level = -1 + (2 * (j + 1)) / (LEVELS + 1);
      const segs = spansAbove(line, level).map(([from, to]): Px => [axis.px(from), axis.px(to)]);
      return { level, y: y(level), segs };
    }),
    spotY: y(valueAt(0)),
  };
}

/** A piecewise linear function cut to ±`half`; its places ascend. */
function clipped(points: readonly Px[], half: number): readonly Px[] {
  const inside = points.filter(([x]) => Math.abs(x) < half);
  const cut: Px[] = [];
  points.forEach(([x1, v1], i) => {
    const [x0, v0] = points[i - 1] ?? [x1, v1];
    for (const edge of [-half, half]) {
      const isCut = x0 < edge && edge < x1;
      if (isCut) cut.push([edge, v0 + ((v1 - v0) * (edge - x0)) / (x1 - x0)]);
      else if (edge === x1) cut.push([edge, v1]);
    }
  });
  return [...inside, ...cut].sort(([a], [b]) => a - b);
}

/** Where a piecewise linear function is at or above a level, as spans with a length. */
function spansAbove(line: readonly Px[], level: number): readonly Px[] {
  const spans: [number, number][] = [];
  for (let i = 1; i < line.length; i++) {
    const [x0, v0] = line[i - 1]!;
    const [x1, v1] = line[i]!;
    if (v0 < level && v1 < level) continue;
    const crossing = x0 + ((x1 - x0) * (level - v0)) / (v1 - v0);
    const from = v0 >= level ? x0 : crossing;
    const to = v1 >= level ? x1 : crossing;
    const last = spans.at(-1);
    if (last !== undefined && last[1] === from) last[1] = to;
    else if (to > from) spans.push([from, to]);
  }
  return spans;
}
