import type { PlotArea } from "../canvas/mod.ts";
import { sideArea } from "../picture/mod.ts";

/** Where the parts of the picture lie, in device pixels; the gamma profile stands beside the newest column. */
export interface SurfaceLayout extends PlotArea {
  readonly profileX: number;
  readonly profileWidth: number;
}

/** Width of the gamma profile beside the columns, CSS pixels. */
const PROFILE_CSS = { narrow: 76, wide: 168 } as const;

/**
 * Returns the layout of the picture.
 *
 * @param cssWidth,cssHeight CSS pixels, ≥ 0. @param dpr Device pixels per CSS pixel, > 0.
 */
export function surfaceLayout(cssWidth: number, cssHeight: number, dpr: number): SurfaceLayout {
  const { sideX, sideWidth, ...area } = sideArea(cssWidth, cssHeight, dpr, PROFILE_CSS);
  return { ...area, profileX: sideX, profileWidth: sideWidth };
}
