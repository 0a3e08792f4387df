import type { Theme } from "../canvas/mod.ts";
import type { PaneLayout } from "./pane_layout.ts";

/** Draws the ground of the part of the plot that lies ahead of now, and the line of now. */
export function drawZoneGround(
  pen: CanvasRenderingContext2D,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dataWidth, plotWidth, plotHeight, dpr, laneHeight } = layout;
  pen.fillStyle = theme.bg0;
  pen.fillRect(dataWidth, 0, plotWidth - dataWidth, plotHeight);
  pen.fillStyle = theme.text3;
  pen.fillRect(dataWidth, 0, Math.max(1, Math.round(dpr)), plotHeight + laneHeight + 6 * dpr);
}
