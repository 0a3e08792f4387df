import type { PlotArea } from "../canvas/mod.ts";

/** Where the parts of the picture lie, in device pixels; the gamma profile stands beside the newest column. */
export interface SurfaceLayout extends PlotArea {
  readonly profileX: number;
  readonly profileWidth: number;
}

/** Below this width, in CSS pixels, profile and gutter are drawn narrower. */
const NARROW_CSS = 640;

/**
 * Returns the layout of the picture.
 *
 * @param cssWidth,cssHeight CSS pixels, ≥ 0. @param dpr Device pixels per CSS pixel, > 0.
 */
export function surfaceLayout(cssWidth: number, cssHeight: number, dpr: number): SurfaceLayout {
  const narrow = cssWidth < NARROW_CSS;
  const px = (css: number) => Math.round(css * dpr);
  const width = Math.max(px(160), px(cssWidth));
  const height = Math.max(px(120), px(cssHeight));
  const axisHeight = px(24);
  const laneHeight = px(4);
  const profileWidth = px(narrow ? 76 : 168);
  const gutterWidth = px(narrow ? 80 : 92);
  const plotWidth = width - profileWidth - gutterWidth;
  return {
    dpr,
    width,
    height,
    dataWidth: plotWidth,
    plotWidth,
    plotHeight: height - axisHeight - laneHeight,
    profileX: plotWidth,
    profileWidth,
    gutterX: plotWidth + profileWidth,
    gutterWidth,
    axisHeight,
    laneHeight,
  };
}
