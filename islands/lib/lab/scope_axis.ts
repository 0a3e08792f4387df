import { clamp, type Rect, type ScopeSnapshot, type ScopeView } from "./scope_snapshot.ts";

const GUTTER = { left: 56, right: 72, top: 22, bottom: 6 } as const;
const SHARE_A = 0.65;
const SHARE_B = 0.2;
/** Nodes from one major line to the next. */
const MAJOR = 10;
const STRIDES = [1, 2, 5, 10, 20, 50] as const;
/** Least distance of minor lines and of labels, CSS pixels. */
const MINOR_PX = 4;
const LABEL_PX = 48;
/** Markers beyond the view stand this far inside it, CSS pixels. */
const EDGE_PX = 6;
/** What rounding of the zoom may cost at the edge of the view, in shares of a tick. */
const ROUNDING = 1e-9;

/** The bands of a scope. */
export interface ScopeBands {
  readonly plot: Rect;
  /** The medium. */
  readonly bandA: Rect;
  /** The forecast. */
  readonly bandB: Rect;
  /** What the last forecast came to. */
  readonly bandC: Rect;
}

/** Divides a canvas into gutters and three bands: 65, 20 and 15 % of the plot, whole pixels. */
export function scopeBands({ w, h }: ScopeView): ScopeBands {
  const width = w - GUTTER.left - GUTTER.right;
  const height = h - GUTTER.top - GUTTER.bottom;
  const heightA = Math.floor(SHARE_A * height + 0.5);
  const heightB = Math.floor(SHARE_B * height + 0.5);
  const band = (top: number, tall: number): Rect => [GUTTER.left, GUTTER.top + top, width, tall];
  return {
    plot: band(0, height),
    bandA: band(0, heightA),
    bandB: band(heightA, heightB),
    bandC: band(heightA + heightB, height - heightA - heightB),
  };
}

/** The one horizontal axis of all bands: the spot in the middle, zoom about it, nothing else moves it. */
export class ScopeAxis {
  /** Ticks from the middle to either edge. */
  readonly xVis: number;
  readonly pxPerNode: number;
  readonly left: number;
  readonly right: number;
  readonly #middle: number;
  readonly #pxPerTick: number;
  readonly #N: number;
  readonly #dx: number;

  constructor({ N, dx }: Pick<ScopeSnapshot, "N" | "dx">, view: ScopeView) {
    const [left, , width] = scopeBands(view).plot;
    this.#N = N;
    this.#dx = dx;
    this.left = left;
    this.right = left + width;
    this.#middle = left + width / 2;
    this.xVis = (N * dx) / view.zoom;
    this.#pxPerTick = width / 2 / this.xVis;
    this.pxPerNode = dx * this.#pxPerTick;
  }

  /** Pixel of a place, ticks from the spot. */
  px(x: number): number {
    return this.#middle + x * this.#pxPerTick;
  }

  /** Place under a pixel, ticks from the spot. */
  ticks(px: number): number {
    return (px - this.#middle) / this.#pxPerTick;
  }

  /** Whether a place is within the view, or within `beyond` ticks of it. */
  shows(x: number, beyond = 0): boolean {
    return Math.abs(x) <= this.xVis + beyond + ROUNDING;
  }

  /** Pixel of a marker, at the edge when its place is beyond it; `off` says which edge, −1 or 1. */
  marker(x: number): { readonly px: number; readonly off: -1 | 0 | 1 } {
    if (this.shows(x)) return { px: this.px(x), off: 0 };
    return x < 0 ? { px: this.left + EDGE_PX, off: -1 } : { px: this.right - EDGE_PX, off: 1 };
  }

  /** Numbers of the nodes in view, or within `beyond` nodes of it, the spot's being 0; ascending. */
  nodes(beyond = 0): readonly number[] {
    const most = Math.min(this.#N, Math.floor(this.xVis / this.#dx + beyond + ROUNDING));
    return Array.from({ length: 2 * most + 1 }, (_, k) => k - most);
  }

  /** The smallest stride, in runs of `nodes` nodes, whose pixels come to at least `leastPx`. */
  stride(nodes: number, leastPx: number): number {
    return STRIDES.find((stride) => stride * nodes * this.pxPerNode >= leastPx) ?? STRIDES.at(-1)!;
  }
}

/** Lines of the grid: pixels from the left. */
export interface ScopeGrid {
  readonly minor: readonly number[];
  readonly minorAlpha: number;
  readonly major: readonly number[];
  readonly labels: readonly { readonly x: number; readonly text: string }[];
  /** One node on either side of the spot: where the touch is. */
  readonly near: readonly [number, number];
}

/** Lays lines and labels of the grid. */
export function scopeGrid(axis: ScopeAxis, dx: number): ScopeGrid {
  const nodes = axis.nodes();
  const at = (node: number) => axis.px(node * dx);
  const major = nodes.filter((node) => node % MAJOR === 0);
  const labelled = MAJOR * axis.stride(MAJOR, LABEL_PX);
  return {
    minor: axis.pxPerNode < MINOR_PX ? [] : nodes.filter((node) => node % MAJOR !== 0).map(at),
    minorAlpha: clamp((axis.pxPerNode - 3) / 3, 0, 1),
    major: major.map(at),
    labels: major.filter((node) => node % labelled === 0).map((node) => ({
      x: at(node),
      text: node === 0 ? "Spot (t0)" : signedTicks(node * dx, 0),
    })),
    near: [axis.px(-dx), axis.px(dx)],
  };
}

/** A number with its sign, "+" or "−" (U+2212), and so many decimals; 0 has none. */
export function signedTicks(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}
