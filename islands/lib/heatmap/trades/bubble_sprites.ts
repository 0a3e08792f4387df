import { type Theme } from "../../canvas/mod.ts";

/** Shapes of bubbles: who was the aggressor. */
export const SHAPE = { BUY: 0, SELL: 1, NONE: 2 } as const;
const SHAPES = 3;

/** Radii are told apart by so many steps a device pixel. */
const STEPS_PER_PX = 2;
/** Half the diagonal of a diamond, and half the side of a square, of a circle's area. */
const DIAMOND = Math.sqrt(Math.PI / 2);
const SQUARE = Math.sqrt(Math.PI) / 2;

/**
 * Circles for buys, diamonds for sells and hollow squares for neither, of equal area at equal radius, drawn
 * once for every radius and copied from then on: a picture has thousands of them.
 */
export class BubbleSprites {
  /** Classes of radius: 0 is nothing, the last is the largest radius. */
  readonly classes: number;
  readonly #sheet: ImageBitmap;
  /** Left edge and side of every sprite of a class. */
  readonly #left: Int32Array;
  readonly #side: Int32Array;
  readonly #rowPx: number;

  /** @param maxRadius Device pixels. */
  constructor(maxRadius: number, theme: Theme, dpr: number) {
    this.classes = Math.round(maxRadius * STEPS_PER_PX) + 1;
    this.#left = new Int32Array(this.classes);
    this.#side = new Int32Array(this.classes);
    let width = 0;
    for (let c = 0; c < this.classes; c++) {
      this.#left[c] = width;
      this.#side[c] = 2 * (Math.ceil((c / STEPS_PER_PX) * DIAMOND + dpr) + 1);
      width += this.#side[c]!;
    }
    this.#rowPx = this.#side[this.classes - 1]!;
    const sheet = new OffscreenCanvas(width, SHAPES * this.#rowPx);
    const pen = sheet.getContext("2d");
    if (pen === null) throw new TypeError("Cannot draw trades without a 2D canvas");
    const inks = [theme.buy, theme.sell, theme.text1];
    for (let shape = 0; shape < SHAPES; shape++) {
      for (let c = 1; c < this.classes; c++) {
        const half = this.#side[c]! / 2;
        pen.setTransform(1, 0, 0, 1, this.#left[c]! + half, shape * this.#rowPx + half);
        drawShape(pen, shape, c / STEPS_PER_PX, inks[shape]!, theme.bg0, dpr);
      }
    }
    this.#sheet = sheet.transferToImageBitmap();
  }

  /** Most that a bubble reaches to either side, pixels. */
  get reach(): number {
    return this.#rowPx / 2 + 1;
  }

  /** Class of a radius in device pixels. */
  classOf(radius: number): number {
    return Math.min(this.classes - 1, Math.max(1, Math.round(radius * STEPS_PER_PX)));
  }

  /** Copies one bubble, its middle at a point. */
  draw(
    pen: OffscreenCanvasRenderingContext2D,
    shape: number,
    at: number,
    x: number,
    y: number,
  ): void {
    const side = this.#side[at]!;
    const half = side / 2;
    pen.drawImage(
      this.#sheet,
      this.#left[at]!,
      shape * this.#rowPx,
      side,
      side,
      Math.round(x) - half,
      Math.round(y) - half,
      side,
      side,
    );
  }
}

/** Draws a shape of a circle's area around the origin, on a dark edge so that it reads on any cell. */
function drawShape(
  pen: OffscreenCanvasRenderingContext2D,
  shape: number,
  radius: number,
  ink: string,
  edge: string,
  dpr: number,
): void {
  pen.beginPath();
  if (shape === SHAPE.BUY) pen.arc(0, 0, radius, 0, 2 * Math.PI);
  else if (shape === SHAPE.SELL) {
    const reach = radius * DIAMOND;
    pen.moveTo(0, -reach);
    pen.lineTo(reach, 0);
    pen.lineTo(0, reach);
    pen.lineTo(-reach, 0);
    pen.closePath();
  } else pen.rect(-radius * SQUARE, -radius * SQUARE, 2 * radius * SQUARE, 2 * radius * SQUARE);
  pen.lineJoin = "miter";
  if (shape === SHAPE.NONE) {
    // Hollow: what stands for neither side hides nothing.
    pen.strokeStyle = edge;
    pen.lineWidth = 3 * dpr;
    pen.stroke();
    pen.strokeStyle = ink;
    pen.lineWidth = 1.25 * dpr;
    pen.stroke();
    return;
  }
  pen.strokeStyle = edge;
  pen.lineWidth = 2 * dpr;
  pen.stroke();
  pen.globalAlpha = 0.9;
  pen.fillStyle = ink;
  pen.fill();
  pen.globalAlpha = 1;
}
