import { CellTexture, type ColumnPainter, type PixelColumn } from "./cell_texture.ts";
import type { Grid } from "./grid.ts";
import { LUT_SIZE } from "./palettes.ts";
import { type LutGain, lutGain, type Scale } from "./scale.ts";

/** How cell values become pixels. */
export interface Paint {
  readonly scale: Scale;
  /** Colour table of the scale. */
  readonly lut: Uint32Array;
  /** Pixel where no window reaches. */
  readonly voidPixel: number;
}

/** Bitmaps of one grid in the colours of one scale. */
export class HeatTexture extends CellTexture {
  constructor(grid: Grid, paint: Paint) {
    super(new GridPainter(grid, paint));
  }

  /** Shows another grid of as many rows, or the same in other colours. */
  show(grid: Grid, paint: Paint): void {
    this.repaint(new GridPainter(grid, paint));
  }
}

class GridPainter implements ColumnPainter {
  readonly #grid: Grid;
  readonly #paint: Paint;
  readonly #gain: LutGain;
  #values = new Float32Array(0);

  constructor(grid: Grid, paint: Paint) {
    this.#grid = grid;
    this.#paint = paint;
    this.#gain = lutGain(paint.scale);
  }

  get rows(): number {
    return this.#grid.rows;
  }

  paint(first: number, positions: number, top: number, into: PixelColumn): void {
    const { pixels, at, stride, height } = into;
    if (this.#values.length !== height) this.#values = new Float32Array(height);
    this.#values.fill(NaN);
    for (let i = 0; i < positions; i++) this.#gather(first + i, top);
    const { lut, voidPixel } = this.#paint;
    const { zero, origin, gain } = this.#gain;
    for (let y = 0; y < height; y++) {
      const value = this.#values[y]!;
      let pixel = voidPixel;
      if (!Number.isNaN(value)) {
        const index = Math.round(zero + (value - origin) * gain);
        pixel = lut[index < 0 ? 0 : index >= LUT_SIZE ? LUT_SIZE - 1 : index]!;
      }
      pixels[y * stride + at] = pixel;
    }
  }

  /** Merges one position into the column: of several in a pixel the strongest value shows. */
  #gather(position: number, top: number): void {
    const grid = this.#grid;
    if (position < grid.first || position > grid.last) return;
    const anchor = grid.anchor(position);
    if (Number.isNaN(anchor)) return;
    const { origin } = this.#gain;
    const height = this.#values.length;
    let y = top - anchor;
    for (let row = 0; row < grid.rows; row++, y--) {
      if (y < 0 || y >= height) continue;
      const value = grid.value(position, row);
      const old = this.#values[y]!;
      const isStronger = Math.abs(value - origin) > Math.abs(old - origin);
      if (isStronger || Number.isNaN(old)) this.#values[y] = value;
    }
  }
}
