import type { TapeChannel } from "./rows.ts";
import type { AnyColumn } from "./paint_row.ts";
import {
  ALERTS_COLUMNS,
  DARK_COLUMNS,
  EQUITIES_COLUMNS,
  GROUP_COLUMNS,
  OPTIONS_COLUMNS,
  PACKETS_COLUMNS,
  SMART_COLUMNS,
} from "./columns/mod.ts";

const BY_CHANNEL: Readonly<Record<TapeChannel, readonly unknown[]>> = {
  options: OPTIONS_COLUMNS,
  equities: EQUITIES_COLUMNS,
  "smart-money": SMART_COLUMNS,
  flow: PACKETS_COLUMNS,
  alerts: ALERTS_COLUMNS,
  "inferred-dark": DARK_COLUMNS,
};

/** Columns of a channel, in their order. */
export function columnsOf(channel: TapeChannel): readonly AnyColumn[] {
  return BY_CHANNEL[channel] as readonly AnyColumn[];
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
