import { dataWidth } from "../../../engine/signals/mod.ts";
import type { PlotArea } from "../canvas/mod.ts";
import { sideArea } from "../picture/mod.ts";

/** Where the parts of the heatmap pane lie, in device pixels; projections stand ahead of the columns. */
export interface PaneLayout extends PlotArea {
  readonly depthX: number;
  readonly depthWidth: number;
}

/** Width of the depth beside the columns, CSS pixels. */
const DEPTH_CSS = { narrow: 40, wide: 88 } as const;

/**
 * Returns the layout of a pane.
 *
 * @param cssWidth Width in CSS pixels, ≥ 0.
 * @param cssHeight Height in CSS pixels, ≥ 0.
 * @param dpr Device pixels per CSS pixel, > 0.
 */
export function paneLayout(cssWidth: number, cssHeight: number, dpr: number): PaneLayout {
  const { sideX, sideWidth, ...area } = sideArea(cssWidth, cssHeight, dpr, DEPTH_CSS);
  return {
    ...area,
    dataWidth: Math.min(area.plotWidth, dataWidth(area.plotWidth)),
    depthX: sideX,
    depthWidth: sideWidth,
  };
}
