import { directionText, PROFILE_TEXT } from "./columns/mod.ts";
import type { EventMarks } from "./event_marks.ts";
import type { RowMarks } from "../table/mod.ts";
import type { PaintRow } from "./paint_row.ts";

/** Marks of rows in general: prints of recognised events, strong events, holes. */
export function rowMarks(events: EventMarks): RowMarks<PaintRow> {
  return {
    get version() {
      return events.version;
    },
    classOf(row: PaintRow): string {
      switch (row.kind) {
        case "gap":
          return "gap";
        case "options": {
          const mark = events.of(row.id);
          return mark === undefined ? "" : `marked band-${mark.band}`;
        }
        case "smart-money":
          return row.profile === null ? "abstained" : `band-${row.band}`;
        case "alerts":
          return `severity-${row.severity}`;
        default:
          return "";
      }
    },
    noteOf(row: PaintRow): string {
      if (row.kind === "options") {
        const mark = events.of(row.id);
        const event = mark === undefined
          ? ""
          : `${PROFILE_TEXT[mark.profile] ?? mark.profile}, ${
            directionText(mark.direction)[0]
          }, P ${Math.round(mark.probability * 100)} % ${mark.band} · `;
        const age = row.quoteAgeMs === null ? "no quote" : `quote ${row.quoteAgeMs} ms old`;
        return `${event}${age}${
          row.reasons === "" ? "" : ` · ${row.reasons.replaceAll("_", " ")}`
        }`;
      }
      if (row.kind === "gap") return "The server left rows out, as this page was slow or away";
      return "";
    },
  };
}
