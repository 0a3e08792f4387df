import type { Theme } from "./theme.ts";
import { LUT_SIZE } from "./palettes.ts";

const LINE_CSS = 18;
const EDGE_CSS = 8;
/** The colour scale among the words. */
const SCALE_WIDTH_CSS = 120;
const SCALE_HEIGHT_CSS = 8;

/** What stands above a picture that leaves the page. */
export interface PictureWords {
  /** Whose data it is, then what is drawn and until when. */
  readonly lines: readonly string[];
  /** The colours in use and what their ends mean; null where there is no scale. */
  readonly scale:
    | { readonly lut: Uint32Array; readonly low: string; readonly high: string }
    | null;
}

/**
 * Draws canvases one over the other on the page's ground, as the page shows them, greyed where they
 * are stale, below words that say what it is.
 *
 * @param layers The lowest first, all of one size.
 * @returns A canvas of its own, in device pixels.
 */
export function pictureOf(
  layers: readonly HTMLCanvasElement[],
  { lines, scale }: PictureWords,
  theme: Theme,
): HTMLCanvasElement {
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d");
  const [lowest] = layers;
  if (pen === null || lowest === undefined) throw new TypeError("Cannot save what is not drawn");
  const dpr = lowest.width / (lowest.clientWidth || lowest.width);
  const px = (css: number) => Math.round(css * dpr);
  const rows = lines.length + (scale === null ? 0 : 1);
  const head = px(rows * LINE_CSS + EDGE_CSS);
  picture.width = lowest.width;
  picture.height = lowest.height + head;
  pen.fillStyle = theme.bg1;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.textBaseline = "middle";
  const write = (text: string, x: number, row: number, ink: string) => {
    pen.fillStyle = ink;
    const y = px(EDGE_CSS / 2 + LINE_CSS * (row + 0.5));
    pen.fillText(text, x, y, picture.width - x - px(EDGE_CSS));
    return x + pen.measureText(text).width + px(EDGE_CSS);
  };
  lines.forEach((line, row) => {
    pen.font = `${row === 0 ? 600 : 400} ${px(11)}px ${theme.sans}`;
    write(line, px(EDGE_CSS), row, row === 0 ? theme.text1 : theme.text2);
  });
  if (scale !== null) {
    const x = write(scale.low, px(EDGE_CSS), lines.length, theme.text2);
    const y = px(EDGE_CSS / 2 + LINE_CSS * (lines.length + 0.5) - SCALE_HEIGHT_CSS / 2);
    pen.drawImage(scaleImage(scale.lut), x, y, px(SCALE_WIDTH_CSS), px(SCALE_HEIGHT_CSS));
    write(scale.high, x + px(SCALE_WIDTH_CSS + EDGE_CSS), lines.length, theme.text2);
  }
  for (const layer of layers) {
    const { filter, opacity } = getComputedStyle(layer);
    pen.filter = filter;
    pen.globalAlpha = Number(opacity);
    pen.drawImage(layer, 0, head);
  }
  return picture;
}

function scaleImage(lut: Uint32Array): OffscreenCanvas {
  const image = new ImageData(LUT_SIZE, 1);
  new Uint32Array(image.data.buffer).set(lut);
  const strip = new OffscreenCanvas(LUT_SIZE, 1);
  strip.getContext("2d")?.putImageData(image, 0, 0);
  return strip;
}
