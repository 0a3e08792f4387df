import type { PlotArea } from "./plot_area.ts";
import type { Theme } from "./theme.ts";

/** Height of a plate, CSS pixels. */
export const PLATE_CSS = 16;

/** Sets the number face of the canvases. */
export function monoFont(pen: CanvasRenderingContext2D, theme: Theme, dpr: number, css = 11): void {
  pen.font = `${css * dpr}px ${theme.mono}`;
}

/** A text in the number face, its middle at `y`. */
export interface AxisLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly ink: string;
  readonly align: CanvasTextAlign;
}

/** Writes a label. */
export function drawLabel(
  pen: CanvasRenderingContext2D,
  { text, x, y, ink, align }: AxisLabel,
  theme: Theme,
  dpr: number,
): void {
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = align;
  pen.fillStyle = ink;
  pen.fillText(text, x, y);
}

/** A level's text on a ground of its own, in the gutter. */
export interface Plate {
  /** Middle of the plate. */
  readonly y: number;
  readonly text: string;
  readonly ground: string;
  readonly ink: string;
  readonly align: "left" | "right";
  /** Part of the height left free above and below, CSS pixels. */
  readonly inset: number;
}

/** Draws a plate in the gutter. */
export function drawPlate(
  pen: CanvasRenderingContext2D,
  { y, text, ground, ink, align, inset }: Plate,
  { dpr, gutterX, gutterWidth }: PlotArea,
  theme: Theme,
): void {
  const height = (PLATE_CSS - 2 * inset) * dpr;
  pen.fillStyle = ground;
  pen.fillRect(gutterX, y - height / 2, gutterWidth, height);
  const x = align === "left" ? gutterX + 5 * dpr : gutterX + gutterWidth - 6 * dpr;
  drawLabel(pen, { text, x, y, ink, align }, theme, dpr);
}
