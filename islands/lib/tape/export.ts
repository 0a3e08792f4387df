import { csvCell, exchangeClock, exchangeDate } from "../text/mod.ts";
import type { PaintRow } from "./paint_row.ts";

/**
 * Rows as CSV with a header: every field of the rows, times as epoch ms and as New York time, and in
 * every line where the row comes from.
 */
export function rowsToCsv(rows: Iterable<PaintRow>, stamp: string): string {
  const lines: string[] = [];
  let fields: string[] | null = null;
  for (const row of rows) {
    if (row.kind === "gap") continue;
    const record: Readonly<Record<string, unknown>> = { ...row };
    if (fields === null) {
      fields = Object.keys(record).filter((name) => name !== "stamp");
      lines.push(["new_york", ...fields, "provenance"].join(","));
    }
    const ts = row.kind === "group" ? row.lastTs : row.ts;
    const time = `${exchangeDate(ts)} ${exchangeClock(ts, true)}`;
    lines.push([time, ...fields.map((name) => csvCell(record[name])), csvCell(stamp)].join(","));
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** Rows as one JSON object a line, each with where it comes from. */
export function rowsToNdjson(rows: Iterable<PaintRow>, provenance: string): string {
  let text = "";
  for (const row of rows) {
    if (row.kind !== "gap") text += `${JSON.stringify({ ...row, provenance })}\n`;
  }
  return text;
}
