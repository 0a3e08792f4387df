export { analyse, type AnalyseControl } from "./analyse.ts";
export {
  type AnalysisMode,
  type AnalysisOptions,
  DEFAULTS,
  type ExperimentOptions,
  MODES,
  type ProjectionChoice,
  type RegimeOptions,
  type RegimeSweep,
} from "./options.ts";
export type { BinRequest, BinSource } from "./bin_source.ts";
export {
  type AnalysisResult,
  type DefaultResult,
  type ExperimentResult,
  type RegimeResult,
  resultText,
} from "./result.ts";
export type { ExperimentRow, HorizonHits, SweepRow } from "./evaluator.ts";
export { type ResultEntry, ResultError, ResultStore } from "./result_store.ts";
export { resultProvenance, resultStamp, UNKNOWN_INPUT } from "./result_stamp.ts";
export { flatReason } from "./flat_reason.ts";
export { resultTables } from "./tables.ts";
export {
  type Cell,
  csvOf,
  parquetOf,
  type ResultTable,
  resultTable,
  TABLE_NAMES,
  type TableName,
  tableNames,
} from "./export_tables.ts";
