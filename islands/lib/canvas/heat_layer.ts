import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { columnX, type View } from "./geometry.ts";
import type { HeatTexture } from "./heat_texture.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { fade, type Theme } from "./theme.ts";

/** First and last display column on screen that the store still keeps; empty when first > last. */
export function visibleColumns(
  store: ColumnStore,
  view: View,
  layout: PaneLayout,
): { first: number; last: number } {
  const newest = store.last < 0 ? -1 : Math.floor(store.last / view.binsPerColumn);
  const oldest = Math.ceil(store.first / view.binsPerColumn);
  const left = view.right - Math.ceil(layout.dataWidth / view.columnPx) + 1;
  return { first: Math.max(left, oldest), last: Math.min(view.right, newest) };
}

/** Returns a diagonal hatch for canvases, `size` device pixels wide. */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  ink: string,
  size: number,
): CanvasPattern | null {
  const tile = new OffscreenCanvas(size, size);
  const pen = tile.getContext("2d");
  if (pen === null) return null;
  pen.strokeStyle = ink;
  pen.lineWidth = Math.max(1, size / 8);
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

/** Draws the cells, and a hatch where bins are missing or the book cannot be trusted. */
export class HeatLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #theme: Theme;
  #gap: CanvasPattern | null = null;
  #invalid: CanvasPattern | null = null;
  #hatchDpr = 0;

  constructor(context: CanvasRenderingContext2D, theme: Theme) {
    this.#context = context;
    this.#theme = theme;
  }

  draw(store: ColumnStore, texture: HeatTexture, view: View, layout: PaneLayout): void {
    const pen = this.#context;
    const { dataWidth, plotHeight } = layout;
    pen.fillStyle = this.#theme.bg1;
    pen.fillRect(0, 0, layout.width, layout.height);
    pen.fillStyle = this.#theme.scaleVoid;
    pen.fillRect(0, 0, dataWidth, plotHeight);
    const { first, last } = visibleColumns(store, view, layout);
    if (first > last) return;
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, dataWidth, plotHeight + layout.laneHeight);
    pen.clip();
    texture.draw(pen, view, first, last, columnX(view, dataWidth, first), plotHeight);
    this.#hatch(store, view, layout, first, last);
    pen.restore();
  }

  #hatch(store: ColumnStore, view: View, layout: PaneLayout, first: number, last: number): void {
    this.#patterns(layout.dpr);
    let from = first;
    let mark = this.#mark(store, view, first);
    for (let column = first + 1; column <= last + 1; column++) {
      const next = column > last ? -1 : this.#mark(store, view, column);
      if (next === mark) continue;
      if (mark > 0) this.#fill(mark, view, layout, from, column - 1);
      from = column;
      mark = next;
    }
  }

  /** 0 sound, 1 gap, 2 invalid book; the worst of the bins in a display column. */
  #mark(store: ColumnStore, view: View, column: number): number {
    let mark = 0;
    for (let i = 0; i < view.binsPerColumn; i++) {
      const position = column * view.binsPerColumn + i;
      if (!store.has(position)) continue;
      const slot = store.slot(position);
      if (store.kind[slot] === COLUMN.GAP) return 1;
      if (store.bookValid[slot] === 0 || store.spotTick[slot] === NO_TICK) mark = 2;
    }
    return mark;
  }

  #fill(mark: number, view: View, layout: PaneLayout, from: number, to: number): void {
    const pen = this.#context;
    const x = columnX(view, layout.dataWidth, from);
    const width = (to - from + 1) * view.columnPx;
    const pattern = mark === 1 ? this.#gap : this.#invalid;
    if (pattern === null) return;
    pen.save();
    pen.translate(x, 0); // the hatch moves with its columns
    // A gap hides what is below it; cells of an invalid book stay readable, but dimmed.
    pen.fillStyle = mark === 1 ? this.#theme.bg0 : fade(this.#theme.bg0, 0.5);
    pen.fillRect(0, 0, width, layout.plotHeight + layout.laneHeight);
    pen.fillStyle = pattern;
    pen.fillRect(0, 0, width, layout.plotHeight);
    pen.fillStyle = mark === 1 ? this.#theme.stale : this.#theme.warn;
    pen.fillRect(0, layout.plotHeight, width, layout.laneHeight);
    pen.restore();
  }

  #patterns(dpr: number): void {
    if (this.#hatchDpr === dpr) return;
    this.#hatchDpr = dpr;
    const size = Math.round(8 * dpr);
    this.#gap = hatchPattern(this.#context, fade(this.#theme.stale, 0.7), size);
    this.#invalid = hatchPattern(this.#context, fade(this.#theme.warn, 0.45), size);
  }
}
