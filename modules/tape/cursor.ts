import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import type { Cursor } from "./streams.ts";

/** A row of any stream. */
export type AnyRecord = StreamRecords[StreamName];

/** Epoch ms that a row is ordered by: `ts` where the row has one, else `source_ts`. */
export function timeOf(row: AnyRecord): number {
  return "ts" in row ? row.ts : row.source_ts;
}

/** Position of a row in its stream. */
export function cursorOf(row: AnyRecord): Cursor {
  return { ts: timeOf(row), seq: row.seq };
}

/** Negative, zero or positive as (tsA, seqA) lies before, at or after (tsB, seqB). */
export function compareAt(tsA: number, seqA: number, tsB: number, seqB: number): number {
  return tsA - tsB || seqA - seqB;
}

/** {@link compareAt} of two cursors. */
export function compareCursors(a: Cursor, b: Cursor): number {
  return compareAt(a.ts, a.seq, b.ts, b.seq);
}

/** {@link compareAt} of two rows of one stream. */
export function compareRows(a: AnyRecord, b: AnyRecord): number {
  return compareAt(timeOf(a), a.seq, timeOf(b), b.seq);
}
