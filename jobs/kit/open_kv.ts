import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { KvGate, migrate, storedFormat, type StoreFormat } from "../../modules/kit/mod.ts";
import { DataFolderError } from "./data_folder_error.ts";

/** How a database file is opened. */
export interface KvFileOptions {
  readonly path: string;
  readonly format: StoreFormat;
  /** What is lost with the file and what is not, as a sentence without its end. */
  readonly advice: string;
  /** Told, in a line each, how a migration goes on. */
  readonly onProgress: (line: string) => void;
}

/** Databases up to this size are read through at the start; of larger ones only what Deno KV reads at once. */
const MAX_CHECKED_BYTES = 128 * 1_048_576;

/** Entries between two lines of progress. */
const PROGRESS_EVERY = 2_000;

/** Names of a database's files besides the main one. */
const SIDE_FILES = ["-wal", "-shm"];

/**
 * Looks at a database file before Deno KV does, which ends the process when it meets a page that changed.
 *
 * @throws {Error} When the file is no database, or its pages are damaged.
 */
async function checkPages(path: string): Promise<void> {
  const file = await Deno.stat(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (file === null) return;
  if (!file.isFile) throw new TypeError("it is no file");
  const database = new DatabaseSync(path);
  try {
    if (file.size <= MAX_CHECKED_BYTES) {
      const [found] = database.prepare("PRAGMA quick_check(1)").all();
      const result = String(Object.values(found ?? {})[0]);
      if (result !== "ok") throw new TypeError("the database is damaged");
      return;
    }
    for (const table of ["migration_state", "data_version", "queue", "queue_running"]) {
      database.prepare(`SELECT count(*) FROM ${table}`).all();
    }
  } finally {
    database.close();
  }
}

/** Copies a closed database beside itself, once: a copy that is there is of the first attempt. */
async function keepCopy(path: string, version: number): Promise<string> {
  const copy = `${path}.format-${version}`;
  if (await Deno.stat(copy).catch(() => null) !== null) return copy;
  for (const suffix of SIDE_FILES) {
    await Deno.copyFile(path + suffix, copy + suffix).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
  // The main file comes last and whole: with it the copy exists.
  await Deno.copyFile(path, `${copy}.part`);
  await Deno.rename(`${copy}.part`, copy);
  return copy;
}

async function bringUp(options: KvFileOptions, kv: Deno.Kv): Promise<void> {
  const { path, format, onProgress } = options;
  const found = await storedFormat(kv, format);
  if (found !== null && found > format.version) {
    const why = `it has format ${found}, and this release knows ${format.version} and older ones`;
    throw new DataFolderError(path, why, "Start the release that wrote it, or move it away");
  }
  if (found === null || found === format.version) {
    await migrate(kv, format, () => undefined);
    return;
  }
  kv.close();
  const copy = await keepCopy(path, found);
  onProgress(
    `${path}: format ${found} becomes ${format.version}; the old one stays as ${copy}`,
  );
  const again = await Deno.openKv(path);
  try {
    await migrate(again, format, (done, what) => {
      if (done % PROGRESS_EVERY === 0) onProgress(`${path}: ${done} entries, ${what}`);
    });
  } finally {
    again.close();
  }
  onProgress(`${path}: format ${format.version}`);
}

function closeQuietly(kv: Deno.Kv): void {
  try {
    kv.close();
  } catch {
    // It is closed already.
  }
}

/**
 * Makes a database file ready for a store: it is whole, it takes writes, and it has the format of this
 * release. An older one is migrated and a copy of it kept beside it.
 *
 * @returns Opens the database.
 * @throws {DataFolderError} When it cannot be used, or a later release wrote it.
 */
export async function prepareKv(options: KvFileOptions): Promise<() => Promise<Deno.Kv>> {
  const { path, format, advice } = options;
  const open = () => Deno.openKv(path);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await checkPages(path);
    const kv = await open();
    try {
      await bringUp(options, kv);
    } finally {
      closeQuietly(kv);
    }
    const gate = new KvGate(format.name, open);
    await gate.probe().finally(() => gate.close());
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(path, error, `Move it away to start with an empty one: ${advice}`);
  }
  return open;
}
