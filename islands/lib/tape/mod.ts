export { OPEN_FILTER } from "./tape_filter.ts";
export { type ColumnFit, columnsOf, fitRules } from "./columns.ts";
export { contractTerms, daysToExpiry, type TapeContract } from "./contracts.ts";
export { EventMarks } from "./event_marks.ts";
export { queryOf } from "./filters.ts";
export { FIRST_ROW_COUNT, type FirstRows } from "./first_rows.ts";
export { type GroupRow } from "./groups.ts";
export { TapeHub } from "./hub.ts";
export { type AnyColumn, type PaintRow } from "./paint_row.ts";
export { projectRow, projectTape } from "./channels/mod.ts";
export { rowMarks } from "./row_marks.ts";
export {
  type AlertRow,
  compareCursor,
  type DataRow,
  type SmartRow,
  TAPE_CHANNELS,
  type TapeChannel,
  type TapeRow,
} from "./rows.ts";
export { toneOf } from "./side.ts";
export { type TapeDesk } from "./tape_desk.ts";
export { type RankedTicker, TickerRanking, WATCH_LIMIT } from "./ticker_ranking.ts";
