import { BIN_HEADER_COLUMNS, type Column, type Layout } from "../../../engine/frames/contract.ts";

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

/** Columns of a grid's row in the order of `buckets.parquet`: integers, engine, score, projections. */
export function rowColumns({ columns }: Layout): readonly Column[] {
  const named = (name: string) => columns.filter((column) => column.name === name);
  return [
    ...INTEGERS.flatMap(named),
    ...columns.filter(({ name }) => !INTEGERS.includes(name)),
  ];
}

/**
 * `buckets.parquet`: the bin's header repeated on each of its rows, then the row's own columns.
 *
 * @param grid Layout of the bins, one that `gridLayout` makes.
 */
export function bucketsLayout(grid: Layout): Layout {
  return {
    name: "pressure.buckets",
    version: 1,
    header: [],
    columns: [...grid.header, ...rowColumns(grid)],
    rows: "many",
  };
}
