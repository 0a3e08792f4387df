import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { isDiverging, LUT_SIZE, LUT_ZERO, type Quantity } from "./palettes.ts";
import { PLANE } from "../heatmap/mod.ts";

/** How cell values become pixels. */
export interface Paint {
  readonly quantity: Quantity;
  readonly lut: Uint32Array;
  /** Pixel where no window reaches. */
  readonly voidPixel: number;
  /** Value at the end of the scale, > 0. */
  readonly clip: number;
}

const TEXTURE_COLUMNS = 4_096;
const BLOCK_COLUMNS = 64;

/**
 * A bitmap in which one pixel is one cell: a ring of display columns across, absolute ticks down.
 * A column is painted once; only a new palette, clip, quantity, time zoom or a spot that has left
 * the bitmap's ticks makes old columns stale, and then only those on screen are painted again.
 */
export class HeatTexture {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #block: ImageData;
  readonly #pixels: Uint32Array;
  readonly #values: Float32Array;
  readonly #painted = new Float64Array(TEXTURE_COLUMNS).fill(-1);
  readonly #height: number;
  #top = 0;
  #hasTop = false;
  #bins = 1;
  #store: ColumnStore;
  #paint: Paint;

  constructor(store: ColumnStore, paint: Paint) {
    this.#height = Math.max(1_024, 2 ** Math.ceil(Math.log2(4 * store.rows)));
    this.#canvas = new OffscreenCanvas(TEXTURE_COLUMNS, this.#height);
    const context = this.#canvas.getContext("2d", { alpha: false });
    if (context === null) throw new TypeError("Cannot paint the heatmap without a 2D canvas");
    this.#context = context;
    this.#block = new ImageData(BLOCK_COLUMNS, this.#height);
    this.#pixels = new Uint32Array(this.#block.data.buffer);
    this.#values = new Float32Array(this.#height);
    this.#store = store;
    this.#paint = paint;
  }

  /** Replaces palette, quantity or clip. */
  setPaint(paint: Paint): void {
    this.#paint = paint;
    this.invalidate();
  }

  /** Makes every column stale. */
  invalidate(): void {
    this.#painted.fill(-1);
  }

  /** Marks the display column of a position as stale, as when a bin was added to it. */
  touch(position: number): void {
    this.#painted[this.#index(Math.floor(position / this.#bins))] = -1;
  }

  /**
   * Draws display columns `from`..`to` so that `from` begins at x = `x0`.
   *
   * @param topTick Tick of the row at y = 0.
   * @returns Columns that had to be painted first.
   */
  draw(
    target: CanvasRenderingContext2D,
    view: { columnPx: number; rowPx: number; binsPerColumn: number; topTick: number },
    from: number,
    to: number,
    x0: number,
    heightPx: number,
  ): number {
    if (view.binsPerColumn !== this.#bins) {
      this.#bins = view.binsPerColumn;
      this.invalidate();
    }
    const rows = Math.ceil(heightPx / view.rowPx);
    this.#reach(view.topTick, rows);
    const painted = this.#ensure(from, to);
    const sourceTop = this.#top - view.topTick;
    const first = Math.max(0, sourceTop);
    const last = Math.min(this.#height, sourceTop + rows);
    if (last <= first) return painted;
    target.imageSmoothingEnabled = false;
    let column = from;
    while (column <= to) {
      const source = this.#index(column);
      const run = Math.min(to - column + 1, TEXTURE_COLUMNS - source);
      target.drawImage(
        this.#canvas,
        source,
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

  #index(column: number): number {
    return column & (TEXTURE_COLUMNS - 1);
  }

  /** Moves the bitmap's ticks so that they cover the view, when the view has left them. */
  #reach(topTick: number, rows: number): void {
    const inside = this.#hasTop && topTick <= this.#top &&
      topTick - rows >= this.#top - this.#height;
    if (inside) return;
    this.#top = topTick + Math.floor((this.#height - rows) / 2);
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
      let run = 0;
      while (
        run < BLOCK_COLUMNS && column + run <= to && index + run < TEXTURE_COLUMNS &&
        this.#painted[index + run] !== column + run
      ) {
        this.#paintColumn(column + run, run);
        this.#painted[index + run] = column + run;
        run++;
      }
      this.#context.putImageData(this.#block, index, 0, 0, 0, run, this.#height);
      painted += run;
      column += run;
    }
    return painted;
  }

  #paintColumn(column: number, at: number): void {
    this.#values.fill(NaN);
    const first = column * this.#bins;
    for (let i = 0; i < this.#bins; i++) this.#gather(first + i);
    const { lut, voidPixel, clip, quantity } = this.#paint;
    const diverging = isDiverging(quantity);
    const gain = diverging ? LUT_ZERO / clip : (LUT_SIZE - 1) / clip;
    const zero = diverging ? LUT_ZERO : 0;
    for (let y = 0; y < this.#height; y++) {
      const value = this.#values[y]!;
      let pixel = voidPixel;
      if (!Number.isNaN(value)) {
        const index = Math.round(zero + value * gain);
        pixel = lut[index < 0 ? 0 : index >= LUT_SIZE ? LUT_SIZE - 1 : index]!;
      }
      this.#pixels[y * BLOCK_COLUMNS + at] = pixel;
    }
  }

  /** Merges one bin into the column: of several bins in a pixel the strongest value shows. */
  #gather(position: number): void {
    const store = this.#store;
    if (!store.has(position)) return;
    const slot = store.slot(position);
    const spot = store.spotTick[slot]!;
    if (store.kind[slot] !== COLUMN.BIN || spot === NO_TICK) return;
    const { quantity } = this.#paint;
    const plane = planeOf(quantity);
    const base = store.offset(slot, plane);
    const minus = quantity === "net" ? store.offset(slot, PLANE.VACUUM) : -1;
    let y = this.#top - (spot - store.radius);
    for (let row = 0; row < store.rows; row++, y--) {
      if (y < 0 || y >= this.#height) continue;
      let value = store.cells[base + row]!;
      if (minus >= 0) value -= store.cells[minus + row]!;
      const old = this.#values[y]!;
      if (!(Math.abs(old) >= Math.abs(value))) this.#values[y] = value;
    }
  }
}

/** Plane of the store that a quantity is drawn from; net subtracts vacuum from it. */
export function planeOf(quantity: Quantity): number {
  switch (quantity) {
    case "score":
      return PLANE.SCORE;
    case "vacuum":
      return PLANE.VACUUM;
    case "depth":
      return PLANE.REST_DEPTH;
    default:
      return PLANE.PRESSURE;
  }
}
