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

/** Columns that fit a width: those of the lowest ranks, in their own order. */
export function fitColumns(columns: readonly AnyColumn[], widthPx: number): readonly AnyColumn[] {
  let left = widthPx - ROW_PADDING + CELL_GAP;
  const kept = new Set<AnyColumn>();
  for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
    left -= column.width + CELL_GAP;
    if (left < 0 && kept.size > 0) break;
    kept.add(column);
  }
  return columns.filter((column) => kept.has(column));
}

/** The grid of a row with these columns; words take the width that is left. */
export function gridTemplate(columns: readonly AnyColumn[]): string {
  const last = columns.findLastIndex((column) => column.isText === true);
  return columns.map((column, i) =>
    i === last || column.id === "contract"
      ? `minmax(${column.width}px, ${column.id === "contract" ? 1.4 : 1}fr)`
      : `minmax(${column.width}px, ${column.width / 200}fr)`
  ).join(" ");
}
