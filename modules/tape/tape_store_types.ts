import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import type { Cursor } from "./streams.ts";

/** Rows of many streams that belong to one moment of publishing. Any order, any number. */
export type TapeBatch = { readonly [S in StreamName]?: readonly StreamRecords[S][] };

/** Decides whether a row is wanted. */
export type RowFilter<S extends StreamName> = (row: StreamRecords[S]) => boolean;

/** A page of a stream, and where the next one begins. */
export interface Page<S extends StreamName> {
  readonly rows: readonly StreamRecords[S][];
  /** Position of the next page, or null when nothing is left in this direction. */
  readonly next: Cursor | null;
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
