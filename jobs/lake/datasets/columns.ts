import {
  BIN_HEADER_COLUMNS,
  type Column,
  gridLayout,
  type Layout,
} from "../../../engine/frames/contract.ts";

/** Integer columns of a row, which come right after the bin's own. */
const INTEGERS = ["k", "spectrum_state_code", "last_event_id"];

/** `bins.parquet`: one row per bin. */
export const BINS_LAYOUT: Layout = {
  name: "pressure.bins",
  version: 1,
  header: [],
  columns: BIN_HEADER_COLUMNS,
  rows: "many",
};

/**
 * Columns of a bin's row that are its own, without the header's, in the order of `buckets.parquet`:
 * integers, engine, score, projections.
 *
 * @param horizonsMs Projection horizons in ms, in config order.
 */
export function rowColumns(horizonsMs: readonly number[]): readonly Column[] {
  const all = gridLayout(1, horizonsMs).columns;
  const named = (name: string) => all.filter((column) => column.name === name);
  return [
    ...INTEGERS.flatMap(named),
    ...all.filter((column) => !INTEGERS.includes(column.name)),
  ];
}

/** `buckets.parquet`: the bin's header repeated on each of its rows, then the row's own columns. */
export function bucketsLayout(horizonsMs: readonly number[]): Layout {
  return {
    name: "pressure.buckets",
    version: 1,
    header: [],
    columns: [...BIN_HEADER_COLUMNS, ...rowColumns(horizonsMs)],
    rows: "many",
  };
}
