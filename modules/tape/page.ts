import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import type { Cursor } from "./cursor.ts";
import type { LostTimes } from "./live_contract.ts";
import type { StoredRow } from "./stored_row.ts";

/** Decides whether a row is wanted. */
export type RowFilter<S extends StreamName> = (row: StoredRow<S>) => boolean;

/** A stretch of a stream whose rows cannot be read any more. Epoch ms, both ends included. */
export interface LostStretch {
  /** Null when nothing says whose rows they were. */
  readonly stream: StreamName | null;
  readonly from_ts: number;
  readonly to_ts: number;
}

/** Stretches as pages and sockets tell them: whose rows they were is known to who asked. */
export function toldStretches(
  lost: readonly LostStretch[],
): readonly LostTimes[] {
  return lost.map(({ from_ts, to_ts }) => ({ from_ts, to_ts }));
}

/** A page of a stream, and where the next one begins. */
export class Page<S extends StreamName> {
  /** Its rows as they are stored. */
  readonly stored: readonly StoredRow<S>[];
  /** Position of the next page, or null when nothing is left in this direction. */
  readonly next: Cursor | null;
  /** Stretches that the page passed over as their rows are damaged. */
  readonly gaps: readonly LostStretch[];

  constructor(
    stored: readonly StoredRow<S>[],
    next: Cursor | null,
    gaps: readonly LostStretch[],
  ) {
    this.stored = stored;
    this.next = next;
    this.gaps = gaps;
  }

  /** Its rows as records, which are parsed here. */
  get rows(): readonly StreamRecords[S][] {
    return this.stored.map(({ record }) => record);
  }
}

/** What a read asks for besides its position. */
export interface ReadOptions<S extends StreamName> {
  /** Most rows to return, ≥ 1. */
  readonly limit: number;
  readonly filter?: RowFilter<S> | undefined;
  /** Oldest epoch ms that is wanted (newest-first reads), and newest one (oldest-first reads). */
  readonly sinceTs?: number | undefined;
  readonly untilTs?: number | undefined;
  /** Ends the read with a {@link StoreError} `query_timeout`, or early: see `mayStopEarly`. */
  readonly signal?: AbortSignal | undefined;
  /** At the signal the read hands back what it found so far, with a position to go on from. */
  readonly mayStopEarly?: boolean | undefined;
}
