import type { StreamName } from "../../engine/frames/mod.ts";
import { StoreError, unpack } from "../kit/mod.ts";
import { type AnyRecord, compareRows, timeOf } from "./cursor.ts";

/**
 * Time span of the rows that one group of chunks holds, ms. A read takes a whole group, so busy
 * streams have short ones.
 */
const BUCKET_MS: Readonly<Record<StreamName, number>> = {
  nbbo: 10_000,
  options: 30_000,
  "equity-quotes": 10_000,
  equities: 10_000,
  "equity-joins": 10_000,
  candles: 300_000,
  "inferred-dark": 300_000,
  flow: 60_000,
  "smart-money": 120_000,
  "classifier-hits": 300_000,
  alerts: 300_000,
};

/** Number of the group that a time belongs to. */
export function bucketOf(stream: StreamName, ts: number): number {
  return Math.floor(ts / BUCKET_MS[stream]);
}

/** First epoch ms of a group. */
export function bucketStart(stream: StreamName, bucket: number): number {
  return bucket * BUCKET_MS[stream];
}

/** Where the chunks of one stream lie. */
export function chunkPrefix(stream: StreamName): Deno.KvKey {
  return ["tape", "chunk", stream];
}

/** Key of a chunk: `entry` is the number of the first log entry that it was made of. */
export function chunkKey(
  stream: StreamName,
  bucket: number,
  entry: number,
  part: number,
): Deno.KvKey {
  return ["tape", "chunk", stream, bucket, entry, part];
}

/** Rows that are in the log but in no chunk yet, by stream and group. */
export type Pending = ReadonlyMap<StreamName, ReadonlyMap<number, readonly AnyRecord[]>>;

/** One group of a stream: its number and its rows in order, each position once. */
export interface Bucket {
  readonly bucket: number;
  readonly rows: readonly AnyRecord[];
}

function ordered(rows: AnyRecord[]): AnyRecord[] {
  rows.sort(compareRows);
  return rows.filter((row, i) => {
    const before = rows[i - 1];
    return before === undefined || compareRows(before, row) !== 0;
  });
}

interface Scan {
  readonly stream: StreamName;
  /** First and last group to read, both included. */
  readonly from: number;
  readonly to: number;
  readonly reverse: boolean;
  /** Told of every chunk that cannot be read; the rows of the others are served. */
  readonly onDamaged: () => void;
}

/** Values fetched at once; each is up to 64 KB. */
const BATCH = 8;

function readable(value: unknown, scan: Scan): readonly AnyRecord[] {
  try {
    return JSON.parse(unpack(value)) as AnyRecord[];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    scan.onDamaged();
    return [];
  }
}

async function* stored(kv: Deno.Kv, scan: Scan): AsyncGenerator<Bucket> {
  const prefix = chunkPrefix(scan.stream);
  const list = kv.list<unknown>(
    { start: [...prefix, scan.from], end: [...prefix, scan.to + 1] },
    { reverse: scan.reverse, batchSize: BATCH },
  );
  let bucket = NaN;
  let rows: AnyRecord[] = [];
  for await (const { key, value } of list) {
    const number = Number(key[prefix.length]);
    if (number !== bucket && rows.length > 0) {
      yield { bucket, rows };
      rows = [];
    }
    bucket = number;
    for (const row of readable(value, scan)) rows.push(row);
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
  const own = pending.get(scan.stream) ?? new Map<number, readonly AnyRecord[]>();
  const waiting = [...own.keys()].filter((n) => n >= scan.from && n <= scan.to)
    .sort((a, b) => scan.reverse ? b - a : a - b);
  const earlier = (a: number, b: number) => scan.reverse ? a > b : a < b;
  for await (const { bucket, rows } of stored(kv, scan)) {
    while (waiting[0] !== undefined && earlier(waiting[0], bucket)) {
      const next = waiting.shift() ?? bucket;
      yield { bucket: next, rows: ordered([...own.get(next) ?? []]) };
    }
    if (waiting[0] === bucket) waiting.shift();
    yield { bucket, rows: ordered([...rows, ...own.get(bucket) ?? []]) };
  }
  for (const bucket of waiting) yield { bucket, rows: ordered([...own.get(bucket) ?? []]) };
}

/** Splits rows by group. */
export function byBucket(stream: StreamName, rows: readonly AnyRecord[]): Map<number, AnyRecord[]> {
  const groups = new Map<number, AnyRecord[]>();
  for (const row of rows) {
    const bucket = bucketOf(stream, timeOf(row));
    const group = groups.get(bucket);
    if (group === undefined) groups.set(bucket, [row]);
    else group.push(row);
  }
  return groups;
}
