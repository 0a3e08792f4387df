/**
 * What a bin looks like when it is stored and sent.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ENG, ENGINE_COLUMNS, pressureGridColumns } from "./mod.ts";
 *
 * equal(ENGINE_COLUMNS[ENG.REST_DEPTH].unit, "contracts");
 * equal(pressureGridColumns([250, 500]).at(-1)?.name, "proj_score_h500");
 * ```
 *
 * @module
 */

export type { Column, ColumnType } from "./column.ts";
export { arrowSchema, GridEncoder } from "./arrow.ts";
export { BIN_HEADER_COLUMNS, ENG, ENGINE_COLUMNS, pressureGridColumns } from "./pressure_grid.ts";
export type { GridFrame } from "./grid_frame.ts";
export { type GridUpdate, gridUpdate } from "./pressure_wire.ts";
export { type RawSink } from "./raw_sink.ts";
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
  isRaw,
  type NbboSide,
  type OptionNbbo,
  type OptionPrint,
  type ProfileScore,
  RAW_STREAMS,
  type RawOptionPrint,
  type RecordHead,
  type SmartMoneyEvent,
  type SmartMoneyFeatures,
  type StreamName,
  type StreamRecords,
} from "./records.ts";
