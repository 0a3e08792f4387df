import type { StreamName } from "../../engine/frames/mod.ts";
import { type KvGate, StoreError } from "../kit/mod.ts";
import { bucketOf, bucketStart, type Pending, readBuckets, type Scan } from "./_chunks.ts";
import type { RowWindow } from "./_row_window.ts";
import type { Cursor } from "./cursor.ts";
import { type LostStretch, Page, type ReadOptions } from "./page.ts";
import { compareStored, type StoredRow } from "./stored_row.ts";
import type { Streams } from "./streams/mod.ts";

/** What a read works on: taken at one instant, before anything is awaited. */
export interface ReadContext<S extends StreamName> {
  readonly streams: Streams;
  readonly stream: S;
  readonly gate: KvGate;
  readonly window: RowWindow;
  readonly pending: Pending;
  /** Told of a chunk that cannot be read. @returns The stretch that is lost with it. */
  readonly onDamaged: (key: Deno.KvKey, stretch: LostStretch) => void;
}

/** Rows that one read looks at in the database before it hands back what it found so far. */
const MAX_SCANNED = 100_000;

/** Collects wanted rows up to the limit, and what was passed over. */
class Collector<S extends StreamName> {
  readonly rows: StoredRow<S>[] = [];
  readonly gaps: LostStretch[] = [];
  readonly #options: ReadOptions<S>;
  #scanned = 0;

  constructor(options: ReadOptions<S>) {
    this.#options = options;
  }

  get full(): boolean {
    return this.rows.length >= this.#options.limit;
  }

  /** Offers a row of the stream; false when no further one is needed. */
  offer(row: StoredRow): boolean {
    const own = row as StoredRow<S>; // Windows and groups hold rows of one stream each.
    const { filter } = this.#options;
    if (filter === undefined || filter(own)) this.rows.push(own);
    return !this.full;
  }

  /**
   * Counts rows that were looked at. Returns whether that is enough: there were many, or the time is over
   * and what there is may be handed back.
   *
   * @throws {StoreError} `query_timeout` when the time is over and all rows are wanted.
   */
  hasDoneEnough(rows: number): boolean {
    this.#scanned += rows;
    const { signal, mayStopEarly } = this.#options;
    if (signal?.aborted === true) {
      if (mayStopEarly === true) return true;
      throw new StoreError("query_timeout", "Cannot finish the read in the time it was given");
    }
    return this.#scanned >= MAX_SCANNED;
  }

  /** The page. @param stopped Where a read that stopped before its end goes on. */
  page(stopped: Cursor | null = null): Page<S> {
    const last = this.rows[this.rows.length - 1];
    const next = this.full && last !== undefined ? { ts: last.ts, seq: last.seq } : stopped;
    return new Page(this.rows, next, this.gaps);
  }
}

/** The groups from one time to another, with the stretches of what cannot be read gathered. */
function scanOf<S extends StreamName>(
  { streams, stream, onDamaged }: ReadContext<S>,
  [fromTs, toTs]: readonly [number, number],
  reverse: boolean,
  gaps: LostStretch[],
): Scan {
  return {
    stream,
    from: bucketOf(streams, stream, Math.max(0, fromTs)),
    to: bucketOf(streams, stream, toTs),
    reverse,
    onDamaged: (key, bucket) => {
      const stretch = {
        stream,
        from_ts: bucketStart(streams, stream, bucket),
        to_ts: bucketStart(streams, stream, bucket + 1) - 1,
      };
      gaps.push(stretch);
      onDamaged(key, stretch);
    },
  };
}

/** Rows before a position, newest first. */
export async function newestFirst<S extends StreamName>(
  context: ReadContext<S>,
  position: Cursor,
  options: ReadOptions<S>,
): Promise<Page<S>> {
  const { window, gate, pending, streams, stream } = context;
  const { floor } = window;
  const since = options.sinceTs ?? -Infinity;
  const collected = new Collector(options);
  let ended = false;
  window.descend(position, (row) => {
    ended = row.ts < since;
    return !ended && collected.offer(row);
  });
  if (ended || collected.full || floor.ts < since) return collected.page();
  // The floor itself is the newest row that may lie in the database only.
  const end = compareStored(position, floor) <= 0
    ? position
    : { ts: floor.ts, seq: floor.seq + 0.5 };
  if (end.ts < 0) return collected.page();
  const scan = scanOf(context, [since, end.ts], true, collected.gaps);
  return await gate.run(async (kv) => {
    for await (const { bucket, rows } of readBuckets(kv, pending, scan)) {
      for (let i = rows.length - 1; i >= 0; i--) {
        const row = rows[i];
        if (row === undefined || compareStored(row, end) >= 0) continue;
        if (row.ts < since || !collected.offer(row)) return collected.page();
      }
      if (collected.hasDoneEnough(rows.length)) {
        // The end of the group before: going on must not read this group again.
        const ts = bucketStart(streams, stream, bucket) - 1;
        return collected.page(ts < 0 ? null : { ts, seq: Number.MAX_SAFE_INTEGER });
      }
    }
    return collected.page();
  });
}

/** Rows after a position, oldest first. */
export async function oldestFirst<S extends StreamName>(
  context: ReadContext<S>,
  position: Cursor,
  options: ReadOptions<S>,
): Promise<Page<S>> {
  const { window, gate, pending, streams, stream } = context;
  const { floor } = window;
  const until = options.untilTs ?? Infinity;
  const inMemory = new Collector(options);
  const above = compareStored(position, floor) >= 0;
  // Taken now: rows may leave the window while the database is read.
  window.ascend(above ? position : floor, (row) => row.ts <= until && inMemory.offer(row));
  if (above) return inMemory.page();
  const collected = new Collector(options);
  const span = [position.ts, Math.min(floor.ts, until)] as const;
  const scan = scanOf(context, span, false, collected.gaps);
  return await gate.run(async (kv) => {
    for await (const { bucket, rows } of readBuckets(kv, pending, scan)) {
      for (const row of rows) {
        if (compareStored(row, position) <= 0) continue;
        if (row.ts > until || compareStored(row, floor) > 0) break;
        if (!collected.offer(row)) return collected.page();
      }
      if (collected.hasDoneEnough(rows.length)) {
        const end = bucketStart(streams, stream, bucket + 1) - 1;
        return collected.page({ ts: end, seq: Number.MAX_SAFE_INTEGER });
      }
    }
    for (const row of inMemory.rows) {
      collected.rows.push(row);
      if (collected.full) break;
    }
    return collected.page();
  });
}
