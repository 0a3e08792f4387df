import type { EvidenceRef } from "../pane/mod.ts";
import type { EventMarks } from "./event_marks.ts";
import type { DataRow } from "./rows.ts";

/** What the evidence drawer opens for a row: a print of a recognised event opens the event. */
export function evidenceOf(row: DataRow, marks: EventMarks): EvidenceRef {
  const { symbol, ts } = row;
  switch (row.kind) {
    case "options": {
      const mark = marks.of(row.id);
      if (mark !== undefined) return { kind: "smart-money", id: mark.eventId, symbol, ts, row };
      return { kind: "print", id: row.id, symbol, ts, row };
    }
    case "equities":
      return { kind: "equity", id: row.id, symbol, ts, row };
    case "flow":
      return { kind: "packet", id: row.id, symbol, ts, row };
    case "smart-money":
      return { kind: "smart-money", id: row.id, symbol, ts, row };
    case "alerts":
      return { kind: "alert", id: row.id, symbol, ts, row };
    case "inferred-dark":
      return { kind: "dark", id: row.id, symbol, ts, row };
  }
}
