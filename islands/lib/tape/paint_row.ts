import type { RowKind, TableColumn } from "../table/mod.ts";
import type { GroupRow } from "./groups.ts";
import type { TapeRow } from "./rows.ts";

/** A row that a tape draws. */
export type PaintRow = TapeRow | GroupRow;

/** Any column of a tape, over the union of rows; the painter only gives it rows of its kind. */
export type AnyColumn = TableColumn<PaintRow>;

/** How a tape's rows are drawn: sums of groups change in place, a gap is one text. */
export const TAPE_ROWS: RowKind<PaintRow> = {
  idOf: (row) => row.id,
  stampOf: (row) => row.kind === "group" ? row.stamp : 0,
  wholeText: (row) => {
    if (row.kind !== "gap") return null;
    const missing = row.dropped === null ? "Rows missing" : `${row.dropped} rows missing`;
    return row.isLost === true ? `▨ ${missing}: damaged` : `▨ ${missing} · click to fetch`;
  },
};
