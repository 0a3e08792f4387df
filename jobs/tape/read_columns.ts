import type { StreamName } from "../../engine/frames/mod.ts";
import { StoredRow, STREAMS, type Streams } from "../../modules/tape/mod.ts";
import type { RowColumns } from "./row_columns.ts";

/**
 * A text that holds on to no other. A part of a split text keeps the whole alive: one alert would hold its
 * batch in memory for as long as the store's window keeps the alert.
 */
function ownText(part: string): string {
  return ` ${part}`.slice(1);
}

/** The rows that came across. @throws {RangeError} When a row's stream is unknown. */
export function rowsOf(columns: RowColumns, streams: Streams = STREAMS): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  if (columns.count === 0) return rows;
  const names = columns.names.map((name) => streams.of(name).name as StreamName);
  const lines = columns.text.split("\n");
  for (let i = 0; i < columns.count; i++) {
    const stream = names[columns.stream[i] ?? -1];
    if (stream === undefined) throw new RangeError(`Cannot read row ${i} as its stream is unknown`);
    const facts = { underlying: columns.underlying[i] ?? "", contract: columns.contract[i] ?? "" };
    const text = ownText(lines[i] ?? "null");
    rows.push(new StoredRow(stream, columns.ts[i] ?? 0, columns.seq[i] ?? 0, text, facts));
  }
  return rows;
}
