import { STREAM_NAMES, type StreamName } from "../../engine/frames/mod.ts";
import { chunkKey } from "./_chunks.ts";
import { type Change, commitInOrder, packParts, StoreError, unpack } from "../kit/mod.ts";
import type { AnyRecord } from "./cursor.ts";

/** A row and the stream that it belongs to. */
export interface Tagged {
  readonly stream: StreamName;
  readonly row: AnyRecord;
}

const LOG: Deno.KvKey = ["tape", "log"];
const META: Deno.KvKey = ["tape", "meta"];

/** What the database knows besides rows. */
export interface Meta {
  /** Number of the next log entry; numbers are never used twice. */
  readonly nextEntry: number;
  /** Highest `seq` of each stream. */
  readonly maxSeq: Readonly<Partial<Record<StreamName, number>>>;
}

function grouped(part: readonly Tagged[]): Partial<Record<StreamName, AnyRecord[]>> {
  const groups: Partial<Record<StreamName, AnyRecord[]>> = {};
  for (const { stream, row } of part) (groups[stream] ??= []).push(row);
  return groups;
}

/** Writes one entry of the log, durable when this resolves. @returns Parts that it took. */
export async function writeEntry(
  kv: Deno.Kv,
  entry: number,
  rows: readonly Tagged[],
): Promise<number> {
  const parts = packParts(rows, (part) => JSON.stringify(grouped(part)));
  await commitInOrder(
    kv,
    parts.map((value, part) => ({ key: [...LOG, entry, part], value })),
  );
  return parts.length;
}

/** An entry's key and rows, as {@link replayLog} gives them. */
export interface LogPart {
  readonly entry: number;
  readonly part: number;
  readonly rows: readonly Tagged[];
}

/** Every part that the log still holds, oldest first. A part that cannot be read is left out. */
export async function* replayLog(kv: Deno.Kv, onDamaged: () => void): AsyncGenerator<LogPart> {
  for await (const { key, value } of kv.list<unknown>({ prefix: LOG }, { batchSize: 8 })) {
    const rows: Tagged[] = [];
    try {
      const groups = JSON.parse(unpack(value)) as Partial<Record<StreamName, AnyRecord[]>>;
      for (const stream of STREAM_NAMES) {
        for (const row of groups[stream] ?? []) rows.push({ stream, row });
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onDamaged();
    }
    yield { entry: Number(key[LOG.length]), part: Number(key[LOG.length + 1]), rows };
  }
}

/** Reads what the last {@link sealLog} left. */
export async function readMeta(kv: Deno.Kv): Promise<Meta> {
  const { value } = await kv.get<Meta>(META);
  return value ?? { nextEntry: 1, maxSeq: {} };
}

/** The groups to write and the log entries that they replace. */
export interface Seal {
  readonly groups: ReadonlyMap<StreamName, ReadonlyMap<number, readonly AnyRecord[]>>;
  readonly firstEntry: number;
  readonly entries: readonly { readonly entry: number; readonly parts: number }[];
  readonly meta: Meta;
}

/**
 * Turns log entries into chunks. Chunks are written before the entries go, and a chunk's key follows
 * from the first entry: a process that dies in between writes the same keys again.
 */
export async function sealLog(kv: Deno.Kv, seal: Seal): Promise<void> {
  const changes: Change[] = [];
  for (const [stream, buckets] of seal.groups) {
    for (const [bucket, rows] of buckets) {
      packParts(rows, (part) => JSON.stringify(part)).forEach((value, part) => {
        const key = chunkKey(stream, bucket, seal.firstEntry, part);
        changes.push({ key, value });
      });
    }
  }
  changes.push({ key: META, value: seal.meta });
  for (const { entry, parts } of seal.entries) {
    for (let part = 0; part < parts; part++) {
      changes.push({ key: [...LOG, entry, part], value: null });
    }
  }
  await commitInOrder(kv, changes);
}
