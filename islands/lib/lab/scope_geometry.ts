import { ScopeAxis, type ScopeBands, scopeBands, type ScopeGrid, scopeGrid } from "./scope_axis.ts";
import { type ErrorRow, type LadderRow, scopeErrors, scopeLadder } from "./scope_ladders.ts";
import {
  clamp,
  type Rect,
  type ScopeSnapshot,
  type ScopeView,
  type ScopeWall,
} from "./scope_snapshot.ts";
import { type Px, scopeTerrain, type Terrain } from "./scope_terrain.ts";

/** Where the arrows of the current lie, as a share of the band's height. */
const ARROW_HEIGHT = 0.82;
/** Current of a full arrow, ticks/s; its length, CSS pixels; what is shorter is a dot. */
const ARROW = { fullTicksS: 4, mostPx: 28, leastPx: 1.5, gapPx: 14 } as const;
/** Drag of a full step of haze, 1/s, and the haze that no drag exceeds. */
const HAZE = { fullS: 2, most: 0.14 } as const;
/** Velocity (ticks/s) and acceleration (ticks/s²) of full arrows at the probe, and their lengths. */
const PROBE = { fullV: 8, vPx: 64, fullA: 4, aPx: 48 } as const;
const METER = { top: 10, share: 0.2, least: 6, most: 14, height: 0.1 } as const;

/** A wall in the view, over the whole height of its band. Pixels. */
export interface Gate {
  readonly wall: ScopeWall;
  readonly id: number;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly alpha: number;
  /** The meter of its strength, and the filled part. */
  readonly meter: Rect;
  readonly fill: Rect;
}

/** The particle: signed lengths of its arrows, pixels. */
export interface Probe {
  readonly x: number;
  readonly y: number;
  readonly vLen: number;
  readonly aLen: number;
}

/** Where everything of a scope lies, CSS pixels from the top left of its canvas. */
export interface ScopeGeometry extends ScopeBands, ScopeGrid, Omit<Terrain, "spotY"> {
  /** Ticks from the spot to either edge. */
  readonly xVis: number;
  readonly pxPerBucket: number;
  readonly gates: readonly Gate[];
  /** Nodes from one arrow to the next. */
  readonly arrowStride: number;
  readonly arrowY: number;
  /** Place and signed length; 0 is a dot. */
  readonly arrows: readonly Px[];
  /** By node in view, 0 to 0.14. */
  readonly hazeAlpha: readonly number[];
  readonly probe: Probe;
  readonly ladder: readonly LadderRow[];
  readonly errors: readonly ErrorRow[];
}

/**
 * Lays a scope out: one horizontal axis with the spot in its middle, three bands.
 *
 * Scales are absolute, so that the same medium always looks the same; only the terrain's height follows
 * its own greatest value, and shrinks by 2 % a tick at most.
 *
 * @param view `zoom` 1 to 64; `w` and `h` at least 640 and 360 on a desk, less where there is less.
 */
export function scopeGeometry(snapshot: ScopeSnapshot, view: ScopeView): ScopeGeometry {
  const bands = scopeBands(view);
  const axis = new ScopeAxis(snapshot, view);
  const { spotY, ...terrain } = scopeTerrain(snapshot, axis, bands.bandA);
  return {
    ...bands,
    xVis: axis.xVis,
    pxPerBucket: axis.pxPerNode,
    ...scopeGrid(axis, snapshot.dx),
    ...terrain,
    gates: scopeGates(snapshot, axis, bands.bandA),
    ...scopeArrows(snapshot, axis, bands.bandA),
    hazeAlpha: axis.nodes().map((node) => hazeAt(snapshot.G[node + snapshot.N]!)),
    probe: {
      x: axis.px(0),
      y: spotY,
      vLen: velocityLength(snapshot.v),
      aLen: clamp(snapshot.a / PROBE.fullA, -1, 1) * PROBE.aPx,
    },
    ladder: scopeLadder(snapshot, axis, bands.bandB),
    errors: scopeErrors(snapshot, axis, bands.bandC),
  };
}

/** Signed length of an arrow of velocity, pixels. @param v Ticks/s. */
export function velocityLength(v: number): number {
  return clamp(v / PROBE.fullV, -1, 1) * PROBE.vPx;
}

/** How much faster or stronger than a full arrow shows it is. */
export function isSaturated({ v, a }: Pick<ScopeSnapshot, "v" | "a">) {
  return { v: Math.abs(v) > PROBE.fullV, a: Math.abs(a) > PROBE.fullA };
}

/** Haze of a drag, 0 to 0.14. @param drag 1/s. */
function hazeAt(drag: number): number {
  return Math.min(HAZE.most, (HAZE.most * drag) / HAZE.fullS);
}

function scopeGates(
  { walls, spot, Smax }: ScopeSnapshot,
  axis: ScopeAxis,
  [, top, , tall]: Rect,
): readonly Gate[] {
  return walls.flatMap((wall) => {
    const { id, center, sigma, S } = wall;
    const x = center - spot;
    if (x - sigma > axis.xVis || x + sigma < -axis.xVis) return [];
    const [x0, x1] = [axis.px(x - sigma), axis.px(x + sigma)];
    const share = S / Smax;
    const meter = meterRect(axis, x, x1 - x0, top, tall);
    const fill = fillOf(meter, share);
    const y1 = top + tall;
    return [{ wall, id, x0, x1, y0: top, y1, alpha: 0.08 + 0.3 * share, meter, fill }];
  });
}

function meterRect(axis: ScopeAxis, x: number, gatePx: number, top: number, tall: number): Rect {
  const width = clamp(METER.share * gatePx, METER.least, METER.most);
  const left = clamp(axis.px(x) - width / 2, axis.left, axis.right - width);
  return [left, top + METER.top, width, METER.height * tall];
}

/** The part of a meter that is filled, from below. @param share 0 to 1. */
export function fillOf([x, y, w, h]: Rect, share: number): Rect {
  return [x, y + h * (1 - share), w, h * share];
}

function scopeArrows({ N, dx, C }: ScopeSnapshot, axis: ScopeAxis, [, top, , tall]: Rect) {
  const stride = axis.stride(1, ARROW.gapPx);
  const mostPx = Math.min(0.8 * stride * axis.pxPerNode, ARROW.mostPx);
  const nodes = axis.nodes().filter((node) => node % stride === 0);
  return {
    arrowStride: stride,
    arrowY: top + ARROW_HEIGHT * tall,
    arrows: nodes.map((node): Px => {
      const length = clamp(C[node + N]! / ARROW.fullTicksS, -1, 1) * mostPx;
      return [axis.px(node * dx), Math.abs(length) < ARROW.leastPx ? 0 : length];
    }),
  };
}
