import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { isRaw } from "../../engine/frames/streams/mod.ts";

/** A row of any stream. */
export type AnyRecord = StreamRecords[StreamName];

/** Position in a stream: strictly ordered by time, then by sequence number. */
export interface Cursor {
  /** Epoch ms of the stream's ordering column: `ts` or `source_ts`. */
  readonly ts: number;
  readonly seq: number;
}

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

/**
 * Order of two positions of one stream as it was published. Raw rows are ordered by (ts, seq). The number
 * of a derived row counts up in order of emission, so it alone decides: an event that closed late is a
 * later row.
 */
export function comparePlace(stream: StreamName, a: Cursor, b: Cursor): number {
  return isRaw(stream) ? a.ts - b.ts || a.seq - b.seq : a.seq - b.seq;
}

/** {@link compareAt} of two records of one stream. */
export function compareRows(a: AnyRecord, b: AnyRecord): number {
  return compareAt(timeOf(a), a.seq, timeOf(b), b.seq);
}

/** Fields that tell what a row is about, of which every record has some. */
interface Loose {
  readonly underlying_id?: unknown;
  readonly option_contract_id?: unknown;
  readonly features?: Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Symbol of a contract id such as `NVDA-2026-01-30-142.5-C`. */
function symbolOf(contract: string): string {
  const end = contract.search(/-\d{4}-\d{2}-\d{2}-/);
  return end > 0 ? contract.slice(0, end) : "";
}

/** Option contract of a record; "" when it names none. */
export function contractOf(record: AnyRecord): string {
  const loose: Loose = record;
  return text(loose.option_contract_id ?? loose.features?.["option_contract_id"]);
}

/** Symbol of a record's underlying; "" when it names none. */
export function underlyingOf(record: AnyRecord): string {
  const loose: Loose = record;
  const symbol = text(loose.underlying_id ?? loose.features?.["underlying_id"]);
  return symbol !== "" ? symbol : symbolOf(contractOf(record));
}
