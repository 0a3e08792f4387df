import type { Rect } from "./scope_snapshot.ts";
import type { Px } from "./scope_terrain.ts";

/** Inks of the scope: design tokens `--scope-*`. */
export const SCOPE_INKS = [
  "bg",
  "text",
  "grid-minor",
  "grid-major",
  "centre",
  "near",
  "terrain-line",
  "terrain-fill",
  "contour",
  "gate-fill",
  "gate-edge",
  "wear-bg",
  "wear-fill",
  "arrow",
  "haze",
  "probe",
  "velocity",
  "force",
  "predicted",
  "band",
  "actual",
  "error",
  "highlight",
] as const;
export type ScopeInk = typeof SCOPE_INKS[number];

/** Canvases of a scope, the lowest first; each is painted when what it shows has changed. */
export const SCOPE_LAYERS = ["static", "field", "dynamic", "cursor"] as const;
export type ScopeLayer = typeof SCOPE_LAYERS[number];

/** What there is to draw with. New inputs of the medium change where these lie, and add none. */
export type Shape =
  | { readonly kind: "rect"; readonly at: Rect }
  | { readonly kind: "hatch"; readonly at: Rect; readonly hatch: "diagonal" }
  /** Cells of one width side by side, each with its own alpha: whole, or as lines one above the other. */
  | {
    readonly kind: "hatch";
    readonly at: Rect;
    readonly hatch: "cells" | "striae";
    readonly alphas: readonly number[];
  }
  | {
    readonly kind: "line";
    readonly from: Px;
    readonly to: Px;
    readonly width: number;
    readonly dash?: readonly number[];
  }
  | { readonly kind: "poly"; readonly points: readonly Px[]; readonly width: number }
  | { readonly kind: "fill"; readonly points: readonly Px[] }
  | { readonly kind: "diamond" | "disc"; readonly at: Px; readonly r: number }
  /** From `at` to the right, to the left where `length` < 0. */
  | { readonly kind: "arrow"; readonly at: Px; readonly length: number; readonly width: number }
  /** Angles that point right (`to` 1) or left (−1), one behind the other. */
  | { readonly kind: "chevron"; readonly at: Px; readonly to: -1 | 1; readonly count: number }
  | {
    readonly kind: "text";
    readonly at: Px;
    readonly text: string;
    readonly align: "left" | "center" | "right";
    /** CSS pixels. */
    readonly size: 10 | 11;
  };

/** One thing to draw, CSS pixels. */
export type Op = Shape & {
  readonly layer: ScopeLayer;
  readonly ink: ScopeInk;
  /** Factor of the ink's own alpha, 0 to 1. */
  readonly alpha: number;
};

/** Gathers what is drawn on one canvas, back to front. */
export class OpList {
  readonly ops: Op[] = [];
  readonly #layer: ScopeLayer;

  constructor(layer: ScopeLayer) {
    this.#layer = layer;
  }

  /** Adds a shape. */
  add(ink: ScopeInk, shape: Shape, alpha = 1): void {
    this.ops.push({ ...shape, layer: this.#layer, ink, alpha });
  }

  /** Adds a vertical line, sharp where its width is whole. */
  down(ink: ScopeInk, x: number, [top, bottom]: Px, width = 1, alpha = 1): void {
    const at = crisp(x, width);
    this.add(ink, { kind: "line", from: [at, top], to: [at, bottom], width }, alpha);
  }

  /** Adds a horizontal line, sharp where its width is whole. */
  across(ink: ScopeInk, y: number, [left, right]: Px, width = 1, alpha = 1): void {
    const at = crisp(y, width);
    this.add(ink, { kind: "line", from: [left, at], to: [right, at], width }, alpha);
  }

  /** Adds a text, its middle at y. */
  write(text: string, at: Px, align: "left" | "center" | "right", ink: ScopeInk = "text"): void {
    this.add(ink, { kind: "text", at, text, align, size: 10 });
  }
}

/** Where a line of a width covers whole pixels. */
function crisp(at: number, width: number): number {
  return width === 2 ? Math.round(at) : Math.floor(at) + 0.5;
}
