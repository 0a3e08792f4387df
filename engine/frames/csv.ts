import { type Frame, rowsOf, valueAt } from "./frame.ts";
import type { Column } from "./layout.ts";

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV: names of the columns, then a line a row; numbers in full, an empty cell for none. */
export function csvText(
  columns: readonly Column[],
  frame: Pick<Frame, "columns" | "valid">,
): string {
  const lines = [columns.map(({ name }) => cell(name)).join(",")];
  for (let row = 0; row < rowsOf(frame); row++) {
    const cells = columns.map((column, i) => {
      const value = valueAt(column, frame.columns[i]!, frame.valid[i]!, row);
      return value === null ? "" : cell(String(value));
    });
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}
