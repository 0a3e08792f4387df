import { type Column, type Frame, rowsOf } from "../../../engine/frames/contract.ts";
import { chunkOf } from "./chunk.ts";
import { GroupWriter } from "./group_writer.ts";

/**
 * One frame as a whole Parquet file in memory; the same values give the same bytes.
 *
 * @param metadata What else the file tells of itself, by key.
 */
export function parquetBytes(
  columns: readonly Column[],
  frame: Pick<Frame, "columns" | "valid">,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const sink = { write: (bytes: Uint8Array) => void parts.push(bytes.slice()) };
  const writer = new GroupWriter(sink, columns, metadata);
  if (rowsOf(frame) > 0) {
    writer.writeGroup(
      columns.map((column, i) => chunkOf(column, frame.columns[i]!, frame.valid[i]!)),
    );
  }
  writer.finish();
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
