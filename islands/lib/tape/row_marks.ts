import type { RowMarks } from "../table/mod.ts";
import { channelNamed, type MarkOf } from "./channels/mod.ts";
import type { EventMarks } from "./event_marks.ts";
import type { PaintRow } from "./paint_row.ts";

/** Marks of rows in general: prints of recognised events, strong events, holes. */
export function rowMarks(events: EventMarks): RowMarks<PaintRow> {
  const markOf: MarkOf = (id) => events.of(id);
  return {
    get version() {
      return events.version;
    },
    classOf(row: PaintRow): string {
      if (row.kind === "gap") return "gap";
      return row.kind === "group" ? "" : channelNamed(row.kind).classOf?.(row, markOf) ?? "";
    },
    noteOf(row: PaintRow): string {
      if (row.kind === "gap") {
        return row.isLost === true
          ? "Rows of this time are damaged in the store"
          : "The server left rows out, as this page was slow or away";
      }
      return row.kind === "group" ? "" : channelNamed(row.kind).noteOf?.(row, markOf) ?? "";
    },
  };
}
