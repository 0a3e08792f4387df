import type { StreamName } from "../../engine/frames/mod.ts";
import { type Change, commitAtOnce, commitInOrder, fitsOneCommit, StoreError } from "../kit/mod.ts";
import { chunkKey, type Pending } from "./_chunks.ts";
import { packRows, unpackRows } from "./_packed_rows.ts";
import type { StoredRow } from "./stored_row.ts";

/** Where entries of the log lie. */
export const LOG: Deno.KvKey = ["tape", "log"];
const META: Deno.KvKey = ["tape", "meta"];

/** What the database knows besides rows. */
export interface Meta {
  /** Number of the next log entry; numbers are never used twice. */
  readonly nextEntry: number;
  /** Highest `seq` of each stream. */
  readonly maxSeq: Readonly<Partial<Record<StreamName, number>>>;
}

/** Writes one entry of the log, durable when this resolves. @returns Its keys. */
export async function writeEntry(
  kv: Deno.Kv,
  entry: number,
  rows: readonly StoredRow[],
): Promise<Deno.KvKey[]> {
  const changes = packRows(rows).map((value, part) => ({ key: [...LOG, entry, part], value }));
  await commitInOrder(kv, changes);
  return changes.map(({ key }) => key);
}

/** Part of an entry, as {@link replayLog} gives it. */
export interface LogPart {
  readonly entry: number;
  readonly key: Deno.KvKey;
  /** Null when it cannot be read. */
  readonly rows: readonly StoredRow[] | null;
}

/** Every part that the log still holds, oldest first. */
export async function* replayLog(kv: Deno.Kv): AsyncGenerator<LogPart> {
  for await (const { key, value } of kv.list<unknown>({ prefix: LOG }, { batchSize: 8 })) {
    let rows: readonly StoredRow[] | null = null;
    try {
      rows = unpackRows(value);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    yield { entry: Number(key[LOG.length]), key, rows };
  }
}

/** Reads what the last {@link sealLog} left. */
export async function readMeta(kv: Deno.Kv): Promise<Meta> {
  const { value } = await kv.get<Meta>(META);
  return value ?? { nextEntry: 1, maxSeq: {} };
}

/** The groups to write, and what is known besides from then on. */
export interface Sealed {
  readonly groups: Pending;
  /** Number of the first entry of the log that they were made of. */
  readonly firstEntry: number;
  readonly meta: Meta;
}

/** The same, and the parts of the log that are replaced. */
export interface Seal extends Sealed {
  readonly parts: readonly Deno.KvKey[];
}

function chunkChanges({ groups, firstEntry, meta }: Sealed): Change[] {
  const changes: Change[] = [];
  for (const [stream, buckets] of groups) {
    for (const [bucket, rows] of buckets) {
      packRows(rows).forEach((value, part) => {
        changes.push({ key: chunkKey(stream, bucket, firstEntry, part), value });
      });
    }
  }
  changes.push({ key: META, value: meta });
  return changes;
}

/**
 * Writes rows as chunks that were in no entry of the log, all in one commit. @returns False when they do not
 * fit one, and then nothing is written.
 */
export async function writeChunks(kv: Deno.Kv, sealed: Sealed): Promise<boolean> {
  const changes = chunkChanges(sealed);
  if (!fitsOneCommit(changes)) return false;
  return await commitAtOnce(kv, changes);
}

/**
 * Turns log entries into chunks. Chunks are written before the entries go, and a chunk's key follows
 * from the first entry: a process that dies in between writes the same keys again.
 */
export async function sealLog(kv: Deno.Kv, seal: Seal): Promise<void> {
  const changes = chunkChanges(seal);
  for (const key of seal.parts) changes.push({ key, value: null });
  await commitInOrder(kv, changes);
}
