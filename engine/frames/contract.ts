/**
 * What is stored and sent, without the library that encodes it: for threads that need the columns alone,
 * and for pages that read them.
 */
export { ArrowDecoder } from "./arrow_decoder.ts";
export {
  COLUMN_TYPES,
  type ColumnArray,
  type ColumnType,
  type ColumnValue,
} from "./column_types.ts";
export {
  type Column,
  type DescribedColumn,
  describedColumn,
  type Layout,
  LayoutError,
  layoutText,
  placeOf,
} from "./layout.ts";
export {
  FORECAST,
  FORECAST_COLUMNS,
  FORECAST_HEADER,
  type ForecastJson,
  forecastLayout,
} from "./forecast.ts";
export { arrayAs, type Frame, rowsOf, setValue, textsIn } from "./frame.ts";
export { FrameBatch } from "./frame_batch.ts";
export { packBits, wideIntegers } from "./words.ts";
export type { GridFrame } from "./grid_frame.ts";
export { GridView } from "./grid_view.ts";
export {
  BIN,
  BIN_HEADER_COLUMNS,
  ENG,
  ENGINE_COLUMNS,
  gridLayout,
  isProjection,
  projectionColumns,
  SCORE_COLUMN,
  STATE_COLUMN,
} from "./pressure_grid.ts";
export { TOUCHED_LAYOUT } from "./touched_layout.ts";
export { CELL, PRINT, TRADE_CELLS, TRADE_PRINTS } from "./trade_layouts.ts";
