export { niceCeiling } from "./axes.ts";
export { COLUMN, ColumnStore, NO_TICK } from "./column_store.ts";
export { drawCrosshair, type HoverCell } from "./crosshair.ts";
export { FrameStats } from "./frame_stats.ts";
export {
  centreOn,
  columnAt,
  followSlack,
  followTick,
  positionX,
  PRICE_ZOOM,
  tickAt,
  tickY,
  type View,
  zoomPrice,
  zoomTime,
} from "./geometry.ts";
export { HeatLayer, visibleColumns } from "./heat_layer.ts";
export { HeatTexture, type Paint, planeOf } from "./heat_texture.ts";
export {
  isDiverging,
  LUT_SIZE,
  paletteLut,
  type PaletteName,
  PALETTES,
  QUANTITIES,
  type Quantity,
} from "./palettes.ts";
export {
  drawPriceGutter,
  drawTimeAxis,
  monoFont,
  priceMarks,
  type PriceScale,
  priceText,
} from "./pane_axes.ts";
export { type PaneLayout, paneLayout } from "./pane_layout.ts";
export { drawPriceLines, spotY } from "./price_lines.ts";
export { fade, readTheme, type Theme } from "./theme.ts";
