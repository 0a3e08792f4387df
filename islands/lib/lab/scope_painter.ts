import { hatchPattern, monoFont, type Theme } from "../canvas/mod.ts";
import { type Op, SCOPE_INKS, type ScopeInk } from "./ops.ts";
import type { Rect } from "./scope_snapshot.ts";
import type { Px } from "./scope_terrain.ts";

const HATCH_PX = 6;
/** Lines of the haze: one in so many pixels, the first so far from the top of the band. */
const STRIAE = { every: 8, first: 4 } as const;
const HEAD_PX = 4;
/** Half the angle of an arrow's head. */
const HEAD_SLOPE = Math.tan(Math.PI / 6);
const CHEVRON_PX = 4;

type Pen = CanvasRenderingContext2D;

/** What the pens of a scope take from the design tokens: read once for each change of theme. */
export interface ScopeTheme {
  readonly ink: Readonly<Record<ScopeInk, string>>;
  readonly face: Theme;
}

/** Returns the scope's part of a theme. */
export function scopeTheme(theme: Theme): ScopeTheme {
  const inks = SCOPE_INKS.map((name) => [name, theme.token(`scope-${name}`)]);
  return { ink: Object.fromEntries(inks) as Record<ScopeInk, string>, face: theme };
}

/** Paints shapes of a display list on one canvas. */
export class ScopePainter {
  readonly #pen: Pen;
  readonly #theme: ScopeTheme;
  #hatch: CanvasPattern | null = null;
  #dpr = 0;

  /** @throws {TypeError} When the canvas gives no pen. */
  constructor(canvas: HTMLCanvasElement, theme: ScopeTheme) {
    const pen = canvas.getContext("2d");
    if (pen === null) throw new TypeError("Cannot draw on this canvas");
    this.#pen = pen;
    this.#theme = theme;
  }

  /**
   * Paints over what was there.
   *
   * @param plot What lies outside it is cut off, but for texts and the ground.
   * @param dpr Pixels of the canvas per CSS pixel, > 0.
   */
  paint(ops: readonly Op[], plot: Rect, dpr: number): void {
    const pen = this.#pen;
    this.#useHatch(dpr);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.setTransform(dpr, 0, 0, dpr, 0, 0);
    pen.textBaseline = "middle";
    let isClipped = false;
    for (const op of ops) {
      const isInside = op.kind !== "text" && op.ink !== "bg";
      if (isInside !== isClipped) {
        if (isInside) clipTo(pen, plot);
        else pen.restore();
        isClipped = isInside;
      }
      pen.globalAlpha = op.alpha;
      this.#paintOne(op);
    }
    if (isClipped) pen.restore();
  }

  #useHatch(dpr: number): void {
    if (dpr === this.#dpr) return;
    this.#dpr = dpr;
    this.#hatch = hatchPattern(this.#pen, this.#theme.ink["gate-edge"], Math.round(HATCH_PX * dpr));
    this.#hatch?.setTransform(new DOMMatrix().scale(1 / dpr));
  }

  #paintOne(op: Op): void {
    const pen = this.#pen;
    pen.fillStyle = pen.strokeStyle = this.#theme.ink[op.ink];
    switch (op.kind) {
      case "rect":
        return pen.fillRect(...op.at);
      case "hatch":
        if (op.hatch === "diagonal") return this.#fillHatch(op.at);
        return paintCells(
          pen,
          op.at,
          cellStrip(this.#theme.ink[op.ink], op.alphas),
          op.hatch === "cells",
        );
      case "line":
        pen.setLineDash(op.dash ?? []);
        strokePath(pen, [op.from, op.to], op.width);
        return pen.setLineDash([]);
      case "poly":
        return strokePath(pen, op.points, op.width);
      case "fill":
        tracePath(pen, op.points);
        return pen.fill();
      case "diamond":
        return strokeDiamond(pen, op.at, op.r);
      case "disc":
        pen.beginPath();
        pen.arc(op.at[0], op.at[1], op.r, 0, 2 * Math.PI);
        return pen.fill();
      case "arrow":
        return paintArrow(pen, op.at, op.length, op.width);
      case "chevron":
        for (let i = 0; i < op.count; i++) {
          const tip = op.at[0] - i * CHEVRON_PX * op.to;
          strokeAngle(pen, [tip, op.at[1]], op.to * CHEVRON_PX, CHEVRON_PX);
        }
        return;
      case "text":
        monoFont(pen, this.#theme.face, 1, op.size);
        pen.textAlign = op.align;
        return pen.fillText(op.text, ...op.at);
    }
  }

  #fillHatch(at: Rect): void {
    if (this.#hatch !== null) this.#pen.fillStyle = this.#hatch;
    this.#pen.fillRect(...at);
  }
}

function clipTo(pen: Pen, [x, y, w, h]: Rect): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, w, h);
  pen.clip();
}

function tracePath(pen: Pen, points: readonly Px[]): void {
  pen.beginPath();
  points.forEach(([x, y], i) => i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
}

function strokePath(pen: Pen, points: readonly Px[], width: number): void {
  pen.lineWidth = width;
  tracePath(pen, points);
  pen.stroke();
}

function strokeDiamond(pen: Pen, [x, y]: Px, r: number): void {
  pen.lineWidth = 2;
  tracePath(pen, [[x - r, y], [x, y - r], [x + r, y], [x, y + r]]);
  pen.closePath();
  pen.stroke();
}

function strokeAngle(pen: Pen, [x, y]: Px, back: number, half: number): void {
  strokePath(pen, [[x - back, y - half], [x, y], [x - back, y + half]], 2);
}

function paintArrow(pen: Pen, [x, y]: Px, length: number, width: number): void {
  const back = Math.sign(length) * Math.min(HEAD_PX + width, Math.abs(length));
  const tip = x + length;
  const half = Math.abs(back) * HEAD_SLOPE;
  strokePath(pen, [[x, y], [tip - back, y]], width);
  tracePath(pen, [[tip, y], [tip - back, y - half], [tip - back, y + half]]);
  pen.fill();
}

/** One pixel for each cell, of an ink with the cell's alpha. */
function cellStrip(ink: string, alphas: readonly number[]): OffscreenCanvas {
  const strip = new OffscreenCanvas(alphas.length, 1);
  const pen = strip.getContext("2d");
  if (pen === null) return strip;
  pen.fillStyle = ink;
  alphas.forEach((alpha, i) => {
    pen.globalAlpha = alpha;
    pen.fillRect(i, 0, 1, 1);
  });
  return strip;
}

/** Paints cells over their whole height, or as lines a CSS pixel thick. */
function paintCells(pen: Pen, [x, y, w, h]: Rect, strip: OffscreenCanvas, isWhole: boolean): void {
  pen.imageSmoothingEnabled = false;
  if (isWhole) return pen.drawImage(strip, x, y, w, h);
  for (let line = STRIAE.first; line < h; line += STRIAE.every) {
    pen.drawImage(strip, x, y + line, w, 1);
  }
}
