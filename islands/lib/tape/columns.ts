import { GROUP_COLUMNS } from "./columns/mod.ts";
import { type AnyChannel, channelNamed, CHANNELS } from "./channels/mod.ts";
import type { AnyColumn } from "./paint_row.ts";

/** Columns of a channel, in their order. */
export function columnsOf(
  channel: string,
  channels: readonly AnyChannel[] = CHANNELS,
): readonly AnyColumn[] {
  return channelNamed(channel, channels).columns as readonly unknown[] as readonly AnyColumn[];
}

/** Columns of a tape that is grouped. */
export const GROUPED_TAPE = GROUP_COLUMNS as readonly unknown[] as readonly AnyColumn[];

/** Side padding of a row and gap between its cells, px; as in the style sheet. */
const ROW_PADDING = 16;
const CELL_GAP = 8;

/** What says how wide a column is, and which ones go first where it is narrow. */
export type ColumnFit = Pick<AnyColumn, "id" | "width" | "rank" | "isText">;

/** Columns in the order in which they take room. */
function byRank<C extends ColumnFit>(columns: readonly C[]): readonly C[] {
  return [...columns].sort((a, b) => a.rank - b.rank);
}

/** Columns that fit a width: those of the lowest ranks, in their own order. */
export function fitColumns<C extends ColumnFit>(
  columns: readonly C[],
  widthPx: number,
): readonly C[] {
  let left = widthPx - ROW_PADDING + CELL_GAP;
  const kept = new Set<C>();
  for (const column of byRank(columns)) {
    left -= column.width + CELL_GAP;
    if (left < 0 && kept.size > 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}

/** The grid of a row with these columns; words take the width that is left. */
export function gridTemplate(columns: readonly ColumnFit[]): string {
  const last = columns.findLastIndex((column) => column.isText === true);
  return columns.map((column, i) =>
    i === last || column.id === "contract"
      ? `minmax(${column.width}px, ${column.id === "contract" ? 1.4 : 1}fr)`
      : `minmax(${column.width}px, ${column.width / 200}fr)`
  ).join(" ");
}

/** Place of each column among those that take room: 1 for the one that stays longest. */
export function roomOrder(columns: readonly ColumnFit[]): ReadonlyMap<string, number> {
  return new Map(byRank(columns).map(({ id }, i) => [id, i + 1]));
}

/**
 * Rules by which a page without script shows the columns that {@link fitColumns} chooses, at any width:
 * the server does not know how wide a pane will be.
 *
 * @param name `data-fit` of the tapes with these columns.
 */
export function fitRules(name: string, columns: readonly ColumnFit[]): string {
  const own = `[data-fit="${name}"]`;
  let least = ROW_PADDING - CELL_GAP;
  return byRank(columns).map(({ width }, i) => {
    least += width + CELL_GAP;
    const template = gridTemplate(fitColumns(columns, i === 0 ? 0 : least));
    const rules = `${own} :is(.tape-head,.tr){--cols:${template}}` +
      `${own} .c[data-room="${i + 1}"]{display:block}`;
    return i === 0 ? rules : `@container tape (min-width:${least}px){${rules}}`;
  }).join("");
}
