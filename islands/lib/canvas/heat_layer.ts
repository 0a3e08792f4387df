import type { CellTexture } from "./cell_texture.ts";
import { GRID, type Grid, type GridKind } from "./grid.ts";
import type { PlotArea } from "./plot_area.ts";
import { fade, type Theme } from "./theme.ts";
import { columnX, type View, visibleColumns } from "./view.ts";

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

/** What is asked of the positions of a grid besides their cells. */
export type Positions = Pick<Grid, "first" | "last" | "kind">;

/** Draws the cells of a grid, and a hatch where positions are missing or cannot be trusted. */
export class HeatLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #theme: Theme;
  #gap: CanvasPattern | null = null;
  #suspect: CanvasPattern | null = null;
  #hatchDpr = 0;

  constructor(context: CanvasRenderingContext2D, theme: Theme) {
    this.#context = context;
    this.#theme = theme;
  }

  draw(grid: Positions, texture: CellTexture, view: View, area: PlotArea): void {
    const pen = this.#context;
    const { dataWidth, plotHeight } = area;
    pen.fillStyle = this.#theme.bg1;
    pen.fillRect(0, 0, area.width, area.height);
    pen.fillStyle = this.#theme.scaleVoid;
    pen.fillRect(0, 0, dataWidth, plotHeight);
    const { first, last } = visibleColumns(grid, view, dataWidth);
    if (first > last) return;
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, dataWidth, plotHeight + area.laneHeight);
    pen.clip();
    texture.draw(pen, view, first, last, columnX(view, dataWidth, first), plotHeight);
    this.#hatch(grid, view, area, first, last);
    pen.restore();
  }

  #hatch(grid: Positions, view: View, area: PlotArea, first: number, last: number): void {
    this.#patterns(area.dpr);
    let from = first;
    let mark: GridKind | null = this.#mark(grid, view, first);
    for (let column = first + 1; column <= last + 1; column++) {
      const next = column > last ? null : this.#mark(grid, view, column);
      if (next === mark) continue;
      if (mark !== null && mark !== GRID.SOUND) this.#fill(mark, view, area, from, column - 1);
      from = column;
      mark = next;
    }
  }

  /** The worst of the positions in a display column. */
  #mark(grid: Positions, view: View, column: number): GridKind {
    let mark: GridKind = GRID.SOUND;
    const first = Math.max(grid.first, column * view.perColumn);
    const last = Math.min(grid.last, (column + 1) * view.perColumn - 1);
    for (let position = first; position <= last; position++) {
      const kind = grid.kind(position);
      if (kind > mark) mark = kind;
    }
    return mark;
  }

  #fill(mark: GridKind, view: View, area: PlotArea, from: number, to: number): void {
    const pen = this.#context;
    const x = columnX(view, area.dataWidth, from);
    const width = (to - from + 1) * view.columnPx;
    const isGap = mark === GRID.GAP;
    const pattern = isGap ? this.#gap : this.#suspect;
    if (pattern === null) return;
    pen.save();
    pen.translate(x, 0); // the hatch moves with its columns
    // A gap hides what is below it; suspect cells stay readable, but dimmed.
    pen.fillStyle = isGap ? this.#theme.bg0 : fade(this.#theme.bg0, 0.5);
    pen.fillRect(0, 0, width, area.plotHeight + area.laneHeight);
    pen.fillStyle = pattern;
    pen.fillRect(0, 0, width, area.plotHeight);
    pen.fillStyle = isGap ? this.#theme.stale : this.#theme.warn;
    pen.fillRect(0, area.plotHeight, width, area.laneHeight);
    pen.restore();
  }

  #patterns(dpr: number): void {
    if (this.#hatchDpr === dpr) return;
    this.#hatchDpr = dpr;
    const size = Math.round(8 * dpr);
    this.#gap = hatchPattern(this.#context, fade(this.#theme.stale, 0.7), size);
    this.#suspect = hatchPattern(this.#context, fade(this.#theme.warn, 0.45), size);
  }
}
