import type { StreamName } from "../../engine/frames/mod.ts";
import { StoreError } from "../kit/mod.ts";
import { unpackRows } from "./_packed_rows.ts";
import { compareStored, type StoredRow } from "./stored_row.ts";
import type { Streams } from "./streams/mod.ts";

/** Rows by stream and number of their group: a group is what one span of time holds. */
export type Groups = Map<StreamName, Map<number, StoredRow[]>>;

/** Rows that are in the log but in no chunk yet. */
export type Pending = ReadonlyMap<StreamName, ReadonlyMap<number, readonly StoredRow[]>>;

/** One group of a stream: its number and its rows in order, each position once. */
export interface Bucket {
  readonly bucket: number;
  readonly rows: readonly StoredRow[];
}

/** Where the chunks lie, of one stream or of all. */
export function chunkPrefix(...stream: readonly StreamName[]): Deno.KvKey {
  return ["tape", "chunk", ...stream];
}

/** Key of a chunk: `entry` is the number of the first log entry that it was made of. */
export function chunkKey(
  stream: StreamName,
  bucket: number,
  entry: number,
  part: number,
): Deno.KvKey {
  return [...chunkPrefix(stream), bucket, entry, part];
}

/** Number of the group that a time belongs to. */
export function bucketOf(streams: Streams, stream: StreamName, ts: number): number {
  return Math.floor(ts / streams.of(stream).bucketMs);
}

/** First epoch ms of a group. */
export function bucketStart(streams: Streams, stream: StreamName, bucket: number): number {
  return bucket * streams.of(stream).bucketMs;
}

/** Adds rows to groups. Neighbours mostly belong to one. */
export function addRows(streams: Streams, groups: Groups, rows: readonly StoredRow[]): void {
  let stream: StreamName | null = null;
  let own = new Map<number, StoredRow[]>();
  let bucketMs = NaN;
  let number = NaN;
  let group: StoredRow[] = [];
  for (const row of rows) {
    if (row.stream !== stream) {
      stream = row.stream;
      bucketMs = streams.of(stream).bucketMs;
      own = groups.get(stream) ?? new Map<number, StoredRow[]>();
      groups.set(stream, own);
      number = NaN;
    }
    const bucket = Math.floor(row.ts / bucketMs);
    if (bucket !== number) {
      number = bucket;
      group = own.get(bucket) ?? [];
      own.set(bucket, group);
    }
    group.push(row);
  }
}

/** Rows in order, each position once. */
export function ordered(rows: readonly StoredRow[]): StoredRow[] {
  const isOrdered = rows.every((row, i) => {
    const before = rows[i - 1];
    return before === undefined || compareStored(before, row) < 0;
  });
  if (isOrdered) return [...rows];
  return [...rows].sort(compareStored).filter((row, i, all) => {
    const before = all[i - 1];
    return before === undefined || compareStored(before, row) !== 0;
  });
}

/** What a read of groups asks for. */
export interface Scan {
  readonly stream: StreamName;
  /** First and last group to read, both included. */
  readonly from: number;
  readonly to: number;
  readonly reverse: boolean;
  /** Told of every chunk that cannot be read, and its group; the rows of the others are served. */
  readonly onDamaged: (key: Deno.KvKey, bucket: number) => void;
}

/** Values fetched at once; each is up to 64 KB. */
const BATCH = 8;

async function* stored(kv: Deno.Kv, scan: Scan): AsyncGenerator<Bucket> {
  const prefix = chunkPrefix(scan.stream);
  const list = kv.list<unknown>(
    { start: [...prefix, scan.from], end: [...prefix, scan.to + 1] },
    { reverse: scan.reverse, batchSize: BATCH },
  );
  let bucket = NaN;
  let rows: StoredRow[] = [];
  for await (const { key, value } of list) {
    const number = Number(key[prefix.length]);
    if (number !== bucket && rows.length > 0) {
      yield { bucket, rows };
      rows = [];
    }
    bucket = number;
    try {
      for (const row of unpackRows(value)) rows.push(row);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      scan.onDamaged(key, bucket);
    }
  }
  if (rows.length > 0) yield { bucket, rows };
}

/**
 * The groups of a stream in order of time, or against it: what chunks hold together with what is
 * still pending. `pending` must have been taken before the call, so that a row on its way from one to
 * the other is seen in at least one of them.
 */
export async function* readBuckets(
  kv: Deno.Kv,
  pending: Pending,
  scan: Scan,
): AsyncGenerator<Bucket> {
  const own = pending.get(scan.stream) ?? new Map<number, readonly StoredRow[]>();
  const waiting = [...own.keys()].filter((n) => n >= scan.from && n <= scan.to)
    .sort((a, b) => scan.reverse ? b - a : a - b);
  const earlier = (a: number, b: number) => scan.reverse ? a > b : a < b;
  for await (const { bucket, rows } of stored(kv, scan)) {
    while (waiting[0] !== undefined && earlier(waiting[0], bucket)) {
      const next = waiting.shift() ?? bucket;
      yield { bucket: next, rows: ordered(own.get(next) ?? []) };
    }
    if (waiting[0] === bucket) waiting.shift();
    yield { bucket, rows: ordered([...rows, ...own.get(bucket) ?? []]) };
  }
  for (const bucket of waiting) yield { bucket, rows: ordered(own.get(bucket) ?? []) };
}
