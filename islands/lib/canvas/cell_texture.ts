import type { View } from "./view.ts";

const TEXTURE_COLUMNS = 4_096;
/** A bitmap that is drawn from is copied whole before its next column is painted: the narrower, the cheaper. */
const TILE_COLUMNS = 256;
const BLOCK_COLUMNS = 64;

/** Paints display columns, a pixel per cell. */
export interface ColumnPainter {
  /** Levels of a position, by which the bitmaps are made high enough. */
  readonly rows: number;
  /**
   * Paints a display column of positions `first`, `first + 1`, … into every `stride`-th pixel from `at` on;
   * the pixel of level `top` is the first.
   */
  paint(first: number, positions: number, top: number, into: PixelColumn): void;
}

/** Where a column lies among the pixels of a block. */
export interface PixelColumn {
  readonly pixels: Uint32Array;
  readonly at: number;
  readonly stride: number;
  readonly height: number;
}

/**
 * Bitmaps in which one pixel is one cell: a ring of display columns across, levels down. A column is
 * painted once; only another painter or time zoom, or a view that has left the bitmaps' levels, makes
 * old columns stale, and then only those on screen are painted again.
 */
export class CellTexture {
  /** Pens of the bitmaps side by side; one is made when the first of its columns is painted. */
  readonly #tiles: OffscreenCanvasRenderingContext2D[] = [];
  readonly #block: ImageData;
  readonly #pixels: Uint32Array;
  readonly #painted = new Float64Array(TEXTURE_COLUMNS).fill(-1);
  readonly #height: number;
  #top = 0;
  #hasTop = false;
  #perColumn = 1;
  #painter: ColumnPainter;

  constructor(painter: ColumnPainter) {
    this.#height = Math.max(1_024, 2 ** Math.ceil(Math.log2(4 * painter.rows)));
    this.#block = new ImageData(BLOCK_COLUMNS, this.#height);
    this.#pixels = new Uint32Array(this.#block.data.buffer);
    this.#painter = painter;
  }

  /** Takes another painter of as many rows. */
  repaint(painter: ColumnPainter): void {
    this.#painter = painter;
    this.invalidate();
  }

  /** Makes every column stale. */
  invalidate(): void {
    this.#painted.fill(-1);
  }

  /** Marks the display column of a position as stale, as when its values came. */
  touch(position: number): void {
    this.#painted[this.#index(Math.floor(position / this.#perColumn))] = -1;
  }

  /**
   * Draws display columns `from`..`to` so that `from` begins at x = `x0`.
   *
   * @returns Columns that had to be painted first.
   */
  draw(
    target: CanvasRenderingContext2D,
    view: View,
    from: number,
    to: number,
    x0: number,
    heightPx: number,
  ): number {
    if (view.perColumn !== this.#perColumn) {
      this.#perColumn = view.perColumn;
      this.invalidate();
    }
    const rows = Math.ceil(heightPx / view.rowPx);
    this.#reach(view.top, rows);
    const painted = this.#ensure(from, to);
    const sourceTop = this.#top - view.top;
    const first = Math.max(0, sourceTop);
    const last = Math.min(this.#height, sourceTop + rows);
    if (last <= first) return painted;
    target.imageSmoothingEnabled = false;
    let column = from;
    while (column <= to) {
      const source = this.#index(column);
      const left = source % TILE_COLUMNS;
      const run = Math.min(to - column + 1, TILE_COLUMNS - left);
      target.drawImage(
        this.#tile(source).canvas,
        left,
        first,
        run,
        last - first,
        x0 + (column - from) * view.columnPx,
        (first - sourceTop) * view.rowPx,
        run * view.columnPx,
        (last - first) * view.rowPx,
      );
      column += run;
    }
    return painted;
  }

  /** Pen of the bitmap that holds a column of the ring. */
  #tile(index: number): OffscreenCanvasRenderingContext2D {
    const at = Math.floor(index / TILE_COLUMNS);
    const made = this.#tiles[at];
    if (made !== undefined) return made;
    const canvas = new OffscreenCanvas(TILE_COLUMNS, this.#height);
    const pen = canvas.getContext("2d", { alpha: false });
    if (pen === null) throw new TypeError("Cannot paint the heatmap without a 2D canvas");
    return this.#tiles[at] = pen;
  }

  #index(column: number): number {
    return column & (TEXTURE_COLUMNS - 1);
  }

  /** Moves the bitmaps' levels so that they cover the view, when the view has left them. */
  #reach(top: number, rows: number): void {
    const inside = this.#hasTop && top <= this.#top &&
      top - rows >= this.#top - this.#height;
    if (inside) return;
    this.#top = top + Math.floor((this.#height - rows) / 2);
    this.#hasTop = true;
    this.invalidate();
  }

  #ensure(from: number, to: number): number {
    let painted = 0;
    let column = from;
    while (column <= to) {
      const index = this.#index(column);
      if (this.#painted[index] === column) {
        column++;
        continue;
      }
      const left = index % TILE_COLUMNS;
      let run = 0;
      while (
        run < BLOCK_COLUMNS && column + run <= to && left + run < TILE_COLUMNS &&
        this.#painted[index + run] !== column + run
      ) {
        this.#paintColumn(column + run, run);
        this.#painted[index + run] = column + run;
        run++;
      }
      this.#tile(index).putImageData(this.#block, left, 0, 0, 0, run, this.#height);
      painted += run;
      column += run;
    }
    return painted;
  }

  #paintColumn(column: number, at: number): void {
    const into = { pixels: this.#pixels, at, stride: BLOCK_COLUMNS, height: this.#height };
    this.#painter.paint(column * this.#perColumn, this.#perColumn, this.#top, into);
  }
}
