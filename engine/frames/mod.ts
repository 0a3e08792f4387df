/**
 * What everything that is stored and sent looks like: layouts, frames of them, and how they travel.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ENG, ENGINE_COLUMNS, gridLayout } from "./mod.ts";
 *
 * equal(ENGINE_COLUMNS[ENG.REST_DEPTH].unit, "contracts");
 * equal(gridLayout(101, [250, 500]).columns.at(-1)?.name, "proj_score_h500");
 * ```
 *
 * @module
 */

export { ArrowDecoder } from "./arrow_decoder.ts";
export { ArrowEncoder } from "./arrow_encoder.ts";
export { ArrowFile } from "./arrow_file.ts";
export {
  COLUMN_TYPES,
  type ColumnArray,
  type ColumnType,
  type ColumnValue,
  putValue,
} from "./column_types.ts";
export { END_OF_STREAM } from "./arrow_writer.ts";
export { csvText } from "./csv.ts";
export { EpochBase } from "./epoch.ts";
export { forecastJson } from "./forecast.ts";
export { arrayAs, type Frame, newFrame, rowsOf, valueAt } from "./frame.ts";
export { FrameBatch } from "./frame_batch.ts";
export { FrameBuilder } from "./frame_builder.ts";
export { GridEncoder } from "./grid_encoder.ts";
export type { GridFrame } from "./grid_frame.ts";
export { GridView, readBinHeader } from "./grid_view.ts";
export {
  type Column,
  type DescribedColumn,
  describedColumn,
  type Layout,
  LayoutError,
  withFamilies,
} from "./layout.ts";
export {
  BIN_HEADER_COLUMNS,
  coreLayout,
  ENG,
  ENGINE_COLUMNS,
  gridLayout,
  STATE_COLUMN,
} from "./pressure_grid.ts";
export { type GridUpdate, gridUpdate } from "./pressure_wire.ts";
export { type RawSink } from "./raw_sink.ts";
export { RowBatch } from "./row_batch.ts";
export {
  type Alert,
  type AlertHit,
  type Candle,
  type ClassifierHit,
  type ConfidenceBand,
  type Direction,
  type EquityJoin,
  type EquityPrint,
  type EquityQuote,
  type FeatureValue,
  type FlowPacket,
  type InferredDark,
  isAuction,
  type NbboSide,
  type OptionNbbo,
  type OptionPrint,
  type ProfileScore,
  type RawOptionPrint,
  type RecordHead,
  type SmartMoneyEvent,
  type SmartMoneyFeatures,
  type StreamName,
  type StreamRecords,
} from "./records.ts";
export { RowPack } from "./row_pack.ts";
export { isRaw } from "./streams/mod.ts";
export { TOUCHED, TOUCHED_LAYOUT } from "./touched_layout.ts";
export { CELL, PRINT, TRADE_CELLS, TRADE_PRINTS } from "./trade_layouts.ts";
