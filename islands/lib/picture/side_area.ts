import type { PlotArea } from "../canvas/mod.ts";

/** Below this width, in CSS pixels, what stands beside the columns is drawn narrower. */
const NARROW_CSS = 640;

/** A plot with something beside its columns, before the labels of levels. */
export interface SideArea extends PlotArea {
  readonly sideX: number;
  readonly sideWidth: number;
}

/**
 * Where the parts of a pane lie, in device pixels. The gutter holds a letter and ten figures, so that it
 * never changes with the instrument.
 *
 * @param cssWidth,cssHeight CSS pixels, ≥ 0. @param dpr Device pixels per CSS pixel, > 0.
 * @param sideCss Width of what stands beside the columns in a narrow and in a wide pane, CSS pixels.
 */
export function sideArea(
  cssWidth: number,
  cssHeight: number,
  dpr: number,
  sideCss: { readonly narrow: number; readonly wide: number },
): SideArea {
  const isNarrow = cssWidth < NARROW_CSS;
  const px = (css: number) => Math.round(css * dpr);
  const width = Math.max(px(160), px(cssWidth));
  const height = Math.max(px(120), px(cssHeight));
  const axisHeight = px(24);
  const laneHeight = px(4);
  const sideWidth = px(isNarrow ? sideCss.narrow : sideCss.wide);
  const gutterWidth = px(isNarrow ? 80 : 92);
  const plotWidth = width - sideWidth - gutterWidth;
  return {
    dpr,
    width,
    height,
    dataWidth: plotWidth,
    plotWidth,
    plotHeight: height - axisHeight - laneHeight,
    sideX: plotWidth,
    sideWidth,
    gutterX: plotWidth + sideWidth,
    gutterWidth,
    axisHeight,
    laneHeight,
  };
}
