import type { StreamName } from "../../engine/frames/mod.ts";
import { StoredRow, STREAMS, type Streams } from "../../modules/tape/mod.ts";
import type { RowColumns } from "./row_columns.ts";

/** The rows that came across. @throws {RangeError} When a row's stream is unknown. */
export function rowsOf(columns: RowColumns, streams: Streams = STREAMS): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  if (columns.count === 0) return rows;
  const names = columns.names.map((name) => streams.of(name).name as StreamName);
  const lines = columns.texts.map((text) => text.split("\n"));
  const next = names.map(() => 0);
  for (let i = 0; i < columns.count; i++) {
    const at = columns.stream[i] ?? -1;
    const stream = names[at];
    if (stream === undefined) throw new RangeError(`Cannot read row ${i} as its stream is unknown`);
    const facts = { underlying: columns.underlying[i] ?? "", contract: columns.contract[i] ?? "" };
    const line = next[at] ?? 0;
    next[at] = line + 1;
    const text = lines[at]?.[line] ?? "null";
    rows.push(new StoredRow(stream, columns.ts[i] ?? 0, columns.seq[i] ?? 0, text, facts));
  }
  return rows;
}
