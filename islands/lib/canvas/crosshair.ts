import { columnX, tickY, type View } from "./geometry.ts";
import { monoFont, type PriceScale, priceText } from "./pane_axes.ts";
import type { PaneLayout } from "./pane_layout.ts";
import type { Theme } from "./theme.ts";

/** A cell under the crosshair. */
export interface HoverCell {
  readonly position: number;
  /** Absolute tick. */
  readonly tick: number;
}

/** Draws two hairs through a cell, a frame around it, and its price in the gutter. */
export function drawCrosshair(
  pen: CanvasRenderingContext2D,
  cell: HoverCell,
  view: View,
  layout: PaneLayout,
  theme: Theme,
  scale: PriceScale,
): void {
  const { dpr, dataWidth, plotWidth, plotHeight, gutterX, gutterWidth } = layout;
  const x = columnX(view, dataWidth, Math.floor(cell.position / view.binsPerColumn));
  const y = tickY(view, cell.tick);
  const hair = Math.max(1, Math.round(dpr));
  pen.fillStyle = theme.text2;
  pen.globalAlpha = 0.55;
  pen.fillRect(x + Math.floor((view.columnPx - hair) / 2), 0, hair, plotHeight);
  pen.fillRect(0, y + Math.floor((view.rowPx - hair) / 2), plotWidth, hair);
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.text1;
  pen.lineWidth = hair;
  pen.strokeRect(
    x - hair / 2,
    y - hair / 2,
    Math.max(view.columnPx, 3) + hair,
    view.rowPx + hair,
  );
  const plate = 16 * dpr;
  const top = Math.min(plotHeight - plate, Math.max(0, y + view.rowPx / 2 - plate / 2));
  pen.fillStyle = theme.text2;
  pen.fillRect(gutterX, top, gutterWidth, plate);
  pen.fillStyle = theme.bg0;
  monoFont(pen, theme, dpr);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillText(priceText(cell.tick, scale), gutterX + gutterWidth - 6 * dpr, top + plate / 2);
}
