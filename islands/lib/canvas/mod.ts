export { CellTexture, type ColumnPainter, type PixelColumn } from "./cell_texture.ts";
export { drawCrosshair, drawHairs, type HoverCell } from "./crosshair.ts";
export { parseOklch } from "./colour.ts";
export { cutTop } from "./cut_top.ts";
export { FrameStats } from "./frame_stats.ts";
export { GRID, type Grid, type GridKind } from "./grid.ts";
export { type GridCanvases, GridPicture } from "./grid_picture.ts";
export { hatchPattern, HeatLayer } from "./heat_layer.ts";
export { HeatTexture, type Paint } from "./heat_texture.ts";
export { attachKeys, type KeyBinding, pressKey } from "./keys.ts";
export { drawLevelAxis, type LevelMark } from "./level_axis.ts";
export {
  divergingStops,
  LUT_SIZE,
  packPixel,
  type PaletteName,
  PALETTES,
  sequentialStops,
} from "./palettes.ts";
export { pictureOf, type PictureWords } from "./picture.ts";
export { drawLabel, drawPlate, monoFont, PLATE_CSS } from "./plate.ts";
export type { PlotArea } from "./plot_area.ts";
export { type Scale, scaleLut } from "./scale.ts";
export { attachPointer, type Point, type PointerTarget, stepPointer } from "./pointer.ts";
export { multiples, niceCeiling } from "./steps.ts";
export { fade, readTheme, type Theme } from "./theme.ts";
export { drawTimeAxis } from "./time_axis.ts";
export {
  columnAt,
  columnX,
  levelY,
  panTime,
  positionX,
  type View,
  visibleColumns,
} from "./view.ts";
export { Viewport } from "./viewport.ts";
export { attachWheel, type WheelTarget } from "./wheel.ts";
