import {
  BIN_HEADER_COLUMNS,
  type Column,
  pressureGridColumns,
} from "../../../engine/frames/contract.ts";

/** Integer columns of a row, which come right after the bin's own. */
const INTEGERS = ["k", "spectrum_state_code", "last_event_id"];

/** Columns of `bins.parquet`: one row per bin. */
export const BINS_COLUMNS: readonly Column[] = BIN_HEADER_COLUMNS;

/**
 * Columns of a bin's row that are its own, without the header's, in the order of `buckets.parquet`:
 * integers, engine, score, projections.
 *
 * @param horizonsMs Projection horizons in ms, in config order.
 */
export function rowColumns(horizonsMs: readonly number[]): readonly Column[] {
  const all = pressureGridColumns(horizonsMs);
  const named = (name: string) => all.filter((column) => column.name === name);
  return [
    ...INTEGERS.flatMap(named),
    ...all.filter((column) => !INTEGERS.includes(column.name)),
  ];
}

/** Columns of `buckets.parquet`: the bin's header repeated on each of its rows, then the row's own. */
export function bucketColumns(horizonsMs: readonly number[]): readonly Column[] {
  return [...BINS_COLUMNS, ...rowColumns(horizonsMs)];
}

/** Whether a column holds a projected score. */
export function isProjection(name: string): boolean {
  return name.startsWith("proj_score_h");
}
