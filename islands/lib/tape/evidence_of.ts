import type { EvidenceRef } from "../pane/mod.ts";
import { channelNamed } from "./channels/mod.ts";
import type { EventMarks } from "./event_marks.ts";
import type { DataRow } from "./rows.ts";

/** What the evidence drawer opens for a row: a print of a recognised event opens the event. */
export function evidenceOf(row: DataRow, marks: EventMarks): EvidenceRef {
  const { symbol, ts } = row;
  return { ...channelNamed(row.kind).opens(row, (id) => marks.of(id)), symbol, ts, row };
}
