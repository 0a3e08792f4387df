import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { bucketOf, bucketStart, type Pending, readBuckets } from "./_chunks.ts";
import { type KvGate, StoreError } from "../kit/mod.ts";
import type { RowWindow } from "./_row_window.ts";
import { type AnyRecord, compareAt, cursorOf, timeOf } from "./cursor.ts";
import type { Cursor } from "./streams.ts";
import type { Page, ReadOptions } from "./tape_store_types.ts";

/** What a read works on: taken at one instant, before anything is awaited. */
export interface ReadContext {
  readonly gate: KvGate;
  readonly window: RowWindow;
  readonly pending: Pending;
  readonly onDamaged: () => void;
}

/** Rows that one read looks at in the database before it hands back what it found so far. */
const MAX_SCANNED = 100_000;

/**
 * Whether a read has done enough: it looked at many rows, or its time is over and it may hand back what
 * it has.
 *
 * @throws {StoreError} `query_timeout` when the time is over and all rows are wanted.
 */
function hasDoneEnough<S extends StreamName>(scanned: number, options: ReadOptions<S>): boolean {
  if (options.signal?.aborted === true) {
    if (options.mayStopEarly === true) return true;
    throw new StoreError("query_timeout", "Cannot finish the read in the time it was given");
  }
  return scanned >= MAX_SCANNED;
}

/** Collects wanted rows up to the limit. */
class Collector {
  readonly rows: AnyRecord[] = [];
  readonly #limit: number;
  readonly #wanted: (row: AnyRecord) => boolean;

  constructor(limit: number, wanted: ((row: AnyRecord) => boolean) | undefined) {
    this.#limit = limit;
    this.#wanted = wanted ?? (() => true);
  }

  get full(): boolean {
    return this.rows.length >= this.#limit;
  }

  /** Offers a row; false when no further one is needed. */
  offer(row: AnyRecord): boolean {
    if (this.#wanted(row)) this.rows.push(row);
    return !this.full;
  }
}

function page<S extends StreamName>(collected: Collector, stopped: Cursor | null): Page<S> {
  const last = collected.rows[collected.rows.length - 1];
  const next = collected.full && last !== undefined ? cursorOf(last) : stopped;
  return { rows: collected.rows as StreamRecords[S][], next };
}

function collector<S extends StreamName>(options: ReadOptions<S>): Collector {
  const { filter } = options;
  return new Collector(
    options.limit,
    filter === undefined ? undefined : (row) => filter(row as StreamRecords[S]),
  );
}

/** Rows before a position, newest first. */
export async function newestFirst<S extends StreamName>(
  context: ReadContext,
  stream: S,
  position: Cursor,
  options: ReadOptions<S>,
): Promise<Page<S>> {
  const { window, gate, pending, onDamaged } = context;
  const { floor } = window;
  const since = options.sinceTs ?? -Infinity;
  const collected = collector(options);
  let ended = false;
  window.descend(position, (row) => {
    ended = timeOf(row) < since;
    return !ended && collected.offer(row);
  });
  if (ended || collected.full || floor.ts < since) return page(collected, null);
  // The floor itself is the newest row that may lie in the database only.
  const end = compareAt(position.ts, position.seq, floor.ts, floor.seq) <= 0
    ? position
    : { ts: floor.ts, seq: floor.seq + 0.5 };
  if (end.ts < 0) return page(collected, null);
  const from = bucketOf(stream, Math.max(0, since));
  const scan = { stream, from, to: bucketOf(stream, end.ts), reverse: true, onDamaged };
  let scanned = 0;
  return await gate.run(async (kv) => {
    for await (const { bucket, rows } of readBuckets(kv, pending, scan)) {
      for (let i = rows.length - 1; i >= 0; i--) {
        const row = rows[i];
        if (row === undefined || compareAt(timeOf(row), row.seq, end.ts, end.seq) >= 0) continue;
        if (timeOf(row) < since) return page<S>(collected, null);
        if (!collected.offer(row)) return page<S>(collected, null);
      }
      scanned += rows.length;
      if (hasDoneEnough(scanned, options)) {
        // The end of the group before: going on must not read this group again.
        const ts = bucketStart(stream, bucket) - 1;
        return page<S>(collected, ts < 0 ? null : { ts, seq: Number.MAX_SAFE_INTEGER });
      }
    }
    return page<S>(collected, null);
  });
}

/** Rows after a position, oldest first. */
export async function oldestFirst<S extends StreamName>(
  context: ReadContext,
  stream: S,
  position: Cursor,
  options: ReadOptions<S>,
): Promise<Page<S>> {
  const { window, gate, pending, onDamaged } = context;
  const { floor } = window;
  const until = options.untilTs ?? Infinity;
  const inMemory = collector(options);
  const above = compareAt(position.ts, position.seq, floor.ts, floor.seq) >= 0;
  // Taken now: rows may leave the window while the database is read.
  window.ascend(above ? position : floor, (row) => timeOf(row) <= until && inMemory.offer(row));
  if (above) return page(inMemory, null);
  const collected = collector(options);
  const last = Math.min(floor.ts, until);
  const from = bucketOf(stream, Math.max(0, position.ts));
  const scan = { stream, from, to: bucketOf(stream, last), reverse: false, onDamaged };
  let scanned = 0;
  return await gate.run(async (kv) => {
    for await (const { bucket, rows } of readBuckets(kv, pending, scan)) {
      for (const row of rows) {
        const ts = timeOf(row);
        if (compareAt(ts, row.seq, position.ts, position.seq) <= 0) continue;
        if (ts > until || compareAt(ts, row.seq, floor.ts, floor.seq) > 0) break;
        if (!collected.offer(row)) return page<S>(collected, null);
      }
      scanned += rows.length;
      if (hasDoneEnough(scanned, options)) {
        const end = bucketStart(stream, bucket + 1) - 1;
        return page<S>(collected, { ts: end, seq: Number.MAX_SAFE_INTEGER });
      }
    }
    for (const row of inMemory.rows) {
      collected.rows.push(row);
      if (collected.full) break;
    }
    return page<S>(collected, null);
  });
}
