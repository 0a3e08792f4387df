import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { isPacked, type OnProgress, type StoreFormat } from "../kit/mod.ts";
import { zstdDecompressSync } from "node:zlib";
import { chunkPrefix } from "./_chunks.ts";
import { LOG } from "./_journal.ts";
import { packRows, unpackRows } from "./_packed_rows.ts";
import { CALLED_OTHERWISE, withScores } from "./_older_rows.ts";
import { StoredRow } from "./stored_row.ts";

type Records = readonly StreamRecords[StreamName][];

/** Rows of a value of format 0: records as one JSON text, of one stream or by stream. */
function readOld(value: unknown, stream: string | null): StoredRow[] {
  if (!(value instanceof Uint8Array)) throw new TypeError("Cannot read a value that is no bytes");
  const held: unknown = JSON.parse(new TextDecoder().decode(zstdDecompressSync(value)));
  const groups = stream === null ? held as Record<string, Records> : { [stream]: held as Records };
  return Object.entries(groups).flatMap(([name, records]) =>
    records.map((record) => StoredRow.of(name as StreamName, record))
  );
}

/** Writes rows in the place of a value, under its own key and, should they need more room, keys after it. */
async function replace(kv: Deno.Kv, key: Deno.KvKey, rows: readonly StoredRow[]) {
  const part = Number(key[key.length - 1]);
  const parts = packRows(rows);
  let atomic = kv.atomic();
  parts.forEach((bytes, i) => {
    atomic = atomic.set([...key.slice(0, -1), part + i / parts.length], bytes);
  });
  await atomic.commit();
}

async function rewrite(kv: Deno.Kv, { key, value }: Deno.KvEntry<unknown>, stream: string | null) {
  if (isPacked(value)) return; // A run before this one got here.
  let rows: StoredRow[];
  try {
    rows = readOld(value, stream);
  } catch {
    return; // It cannot be read: it is told of when somebody asks for its rows.
  }
  await replace(kv, key, rows);
}

/** Format 0 held whole records as one text; format 1 holds the texts that were made of them, a line each. */
async function toLines(kv: Deno.Kv, onProgress: OnProgress): Promise<void> {
  let done = 0;
  const prefix = chunkPrefix();
  for await (const entry of kv.list<unknown>({ prefix }, { batchSize: 8 })) {
    await rewrite(kv, entry, String(entry.key[prefix.length]));
    onProgress(++done, "chunks of rows");
  }
  for await (const entry of kv.list<unknown>({ prefix: LOG }, { batchSize: 8 })) {
    await rewrite(kv, entry, null);
    onProgress(++done, "entries of the log");
  }
}

async function rename(kv: Deno.Kv, { key, value }: Deno.KvEntry<unknown>) {
  let rows: StoredRow[];
  try {
    rows = unpackRows(value);
  } catch {
    return; // As above.
  }
  const renamed = rows.map(withScores);
  if (renamed.some((row, i) => row !== rows[i])) await replace(kv, key, renamed);
}

/** Format 1 called a score a probability, or a confidence; format 2 has a probability besides. */
async function toScores(kv: Deno.Kv, onProgress: OnProgress): Promise<void> {
  let done = 0;
  for (const stream of CALLED_OTHERWISE) {
    for await (const entry of kv.list<unknown>({ prefix: chunkPrefix(stream) }, { batchSize: 8 })) {
      await rename(kv, entry);
      onProgress(++done, "chunks of scores");
    }
  }
  for await (const entry of kv.list<unknown>({ prefix: LOG }, { batchSize: 8 })) {
    await rename(kv, entry);
    onProgress(++done, "entries of the log");
  }
}

/** How the tape's database is laid out. */
export const TAPE_FORMAT: StoreFormat = {
  name: "the tape's database",
  prefixes: [["tape"]],
  key: ["tape_format"],
  version: 2,
  steps: [toLines, toScores],
};
