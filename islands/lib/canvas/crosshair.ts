import { drawPlate, PLATE_CSS } from "./plate.ts";
import type { PlotArea } from "./plot_area.ts";
import type { Theme } from "./theme.ts";
import { columnX, levelY, type View } from "./view.ts";

/** A cell under the crosshair. */
export interface HoverCell {
  readonly position: number;
  readonly level: number;
}

/** Draws the lines of a crosshair: one down at `x`, one across at `y` unless that is null. */
export function drawHairs(
  pen: CanvasRenderingContext2D,
  at: { readonly x: number; readonly y: number | null },
  { plotWidth, plotHeight, dpr }: PlotArea,
  ink: string,
): void {
  const hair = Math.max(1, Math.round(dpr));
  pen.fillStyle = ink;
  pen.fillRect(at.x, 0, hair, plotHeight);
  if (at.y !== null) pen.fillRect(0, at.y, plotWidth, hair);
}

/** Draws two hairs through a cell of a grid, a frame around it, and its level in the gutter. */
export function drawCrosshair(
  pen: CanvasRenderingContext2D,
  cell: HoverCell,
  view: View,
  area: PlotArea,
  theme: Theme,
  textOf: (level: number) => string,
): void {
  const { dpr, plotHeight } = area;
  const x = columnX(view, area.dataWidth, Math.floor(cell.position / view.perColumn));
  const y = levelY(view, cell.level);
  const hair = Math.max(1, Math.round(dpr));
  pen.globalAlpha = 0.55;
  const middle = {
    x: x + Math.floor((view.columnPx - hair) / 2),
    y: y + Math.floor((view.rowPx - hair) / 2),
  };
  drawHairs(pen, middle, area, theme.text2);
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.text1;
  pen.lineWidth = hair;
  pen.strokeRect(
    x - hair / 2,
    y - hair / 2,
    Math.max(view.columnPx, 3) + hair,
    view.rowPx + hair,
  );
  const half = (PLATE_CSS * dpr) / 2;
  drawPlate(
    pen,
    {
      y: Math.min(plotHeight - half, Math.max(half, y + view.rowPx / 2)),
      text: textOf(cell.level),
      ground: theme.text2,
      ink: theme.bg0,
      align: "right",
      inset: 0,
    },
    area,
    theme,
  );
}
