import type { Grid } from "./grid.ts";
import { LUT_SIZE } from "./palettes.ts";
import { type LutGain, lutGain, type Scale } from "./scale.ts";
import type { View } from "./view.ts";

/** How cell values become pixels. */
export interface Paint {
  readonly scale: Scale;
  /** Colour table of the scale. */
  readonly lut: Uint32Array;
  /** Pixel where no window reaches. */
  readonly voidPixel: number;
}

const TEXTURE_COLUMNS = 4_096;
/** A bitmap that is drawn from is copied whole before its next column is painted: the narrower, the cheaper. */
const TILE_COLUMNS = 256;
const BLOCK_COLUMNS = 64;

/**
 * Bitmaps in which one pixel is one cell: a ring of display columns across, levels down. A column is
 * painted once; only another grid, scale or time zoom, or a view that has left the bitmaps' levels, makes
 * old columns stale, and then only those on screen are painted again.
 */
export class HeatTexture {
  /** Pens of the bitmaps side by side; one is made when the first of its columns is painted. */
  readonly #tiles: OffscreenCanvasRenderingContext2D[] = [];
  readonly #block: ImageData;
  readonly #pixels: Uint32Array;
  readonly #values: Float32Array;
  readonly #painted = new Float64Array(TEXTURE_COLUMNS).fill(-1);
  readonly #height: number;
  #top = 0;
  #hasTop = false;
  #perColumn = 1;
  #grid: Grid;
  #paint: Paint;
  #gain: LutGain;

  constructor(grid: Grid, paint: Paint) {
    this.#height = Math.max(1_024, 2 ** Math.ceil(Math.log2(4 * grid.rows)));
    this.#block = new ImageData(BLOCK_COLUMNS, this.#height);
    this.#pixels = new Uint32Array(this.#block.data.buffer);
    this.#values = new Float32Array(this.#height);
    this.#grid = grid;
    this.#paint = paint;
    this.#gain = lutGain(paint.scale);
  }

  /** Shows another grid of as many rows, or the same in other colours. */
  show(grid: Grid, paint: Paint): void {
    this.#grid = grid;
    this.#paint = paint;
    this.#gain = lutGain(paint.scale);
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
    this.#values.fill(NaN);
    const first = column * this.#perColumn;
    for (let i = 0; i < this.#perColumn; i++) this.#gather(first + i);
    const { lut, voidPixel } = this.#paint;
    const { zero, origin, gain } = this.#gain;
    for (let y = 0; y < this.#height; y++) {
      const value = this.#values[y]!;
      let pixel = voidPixel;
      if (!Number.isNaN(value)) {
        const index = Math.round(zero + (value - origin) * gain);
        pixel = lut[index < 0 ? 0 : index >= LUT_SIZE ? LUT_SIZE - 1 : index]!;
      }
      this.#pixels[y * BLOCK_COLUMNS + at] = pixel;
    }
  }

  /** Merges one position into the column: of several in a pixel the strongest value shows. */
  #gather(position: number): void {
    const grid = this.#grid;
    if (position < grid.first || position > grid.last) return;
    const anchor = grid.anchor(position);
    if (Number.isNaN(anchor)) return;
    const { origin } = this.#gain;
    let y = this.#top - anchor;
    for (let row = 0; row < grid.rows; row++, y--) {
      if (y < 0 || y >= this.#height) continue;
      const value = grid.value(position, row);
      const old = this.#values[y]!;
      const isStronger = Math.abs(value - origin) > Math.abs(old - origin);
      if (isStronger || Number.isNaN(old)) this.#values[y] = value;
    }
  }
}
