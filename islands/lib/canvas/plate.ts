import type { PlotArea } from "./plot_area.ts";
import type { Theme } from "./theme.ts";

/** Height of a plate, CSS pixels. */
export const PLATE_CSS = 16;

/** Sets the number face of the canvases. */
export function monoFont(pen: CanvasRenderingContext2D, theme: Theme, dpr: number, css = 11): void {
  pen.font = `${css * dpr}px ${theme.mono}`;
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
  plate: Plate,
  area: PlotArea,
  theme: Theme,
): void {
  const { dpr, gutterX, gutterWidth } = area;
  const height = (PLATE_CSS - 2 * plate.inset) * dpr;
  const isLeft = plate.align === "left";
  pen.fillStyle = plate.ground;
  pen.fillRect(gutterX, plate.y - height / 2, gutterWidth, height);
  pen.fillStyle = plate.ink;
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = plate.align;
  pen.fillText(plate.text, isLeft ? gutterX + 5 * dpr : gutterX + gutterWidth - 6 * dpr, plate.y);
}
