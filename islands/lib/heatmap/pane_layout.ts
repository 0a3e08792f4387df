import { dataWidth } from "../../../engine/signals/mod.ts";
import type { PlotArea } from "../canvas/mod.ts";

/** Where the parts of the heatmap pane lie, in device pixels; projections stand ahead of the columns. */
export interface PaneLayout extends PlotArea {
  readonly depthX: number;
  readonly depthWidth: number;
}

/** Below this width, in CSS pixels, depth and gutter are drawn narrower. */
const NARROW_CSS = 640;

/**
 * Returns the layout of a pane. The price gutter holds a letter and ten figures, so that it never
 * changes with the instrument.
 *
 * @param cssWidth Width in CSS pixels, ≥ 0.
 * @param cssHeight Height in CSS pixels, ≥ 0.
 * @param dpr Device pixels per CSS pixel, > 0.
 */
export function paneLayout(
  cssWidth: number,
  cssHeight: number,
  dpr: number,
): PaneLayout {
  const narrow = cssWidth < NARROW_CSS;
  const px = (css: number) => Math.round(css * dpr);
  const width = Math.max(px(160), px(cssWidth));
  const height = Math.max(px(120), px(cssHeight));
  const axisHeight = px(24);
  const laneHeight = px(4);
  const depthWidth = px(narrow ? 40 : 88);
  const gutterWidth = px(narrow ? 80 : 92);
  const plotWidth = width - depthWidth - gutterWidth;
  return {
    dpr,
    width,
    height,
    dataWidth: Math.min(plotWidth, dataWidth(plotWidth)),
    plotWidth,
    plotHeight: height - axisHeight - laneHeight,
    depthX: plotWidth,
    depthWidth,
    gutterX: plotWidth + depthWidth,
    gutterWidth,
    axisHeight,
    laneHeight,
  };
}
