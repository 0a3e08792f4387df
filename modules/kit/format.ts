import { StoreError } from "./store_error.ts";

/** Told how far a migration is: entries done, and what it is doing. */
export type OnProgress = (done: number, what: string) => void;

/** How the entries of a store are laid out, and how an older layout becomes this one. */
export interface StoreFormat {
  /** What the store is, for messages: `the tape's database`. */
  readonly name: string;
  /** First part of every key of the store but the version's own. */
  readonly prefixes: readonly Deno.KvKey[];
  /** Where the version stands. */
  readonly key: Deno.KvKey;
  /** Version that this release reads and writes, ≥ 1. */
  readonly version: number;
  /**
   * Step `i` turns version `i` into `i + 1`. A step that is run again after a crash must come to the same
   * end. Version 0 is a store that carries none.
   */
  readonly steps: readonly ((kv: Deno.Kv, onProgress: OnProgress) => Promise<void>)[];
}

/** Version of what a database holds; null when it holds nothing of the store. */
export async function storedFormat(kv: Deno.Kv, format: StoreFormat): Promise<number | null> {
  const { value, versionstamp } = await kv.get<unknown>(format.key);
  if (versionstamp !== null) {
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
    throw new StoreError("damaged", `Cannot read ${format.name}: its format is ${String(value)}`);
  }
  for (const prefix of format.prefixes) {
    for await (const _entry of kv.list({ prefix }, { limit: 1 })) return 0;
  }
  return null;
}

/** @throws {StoreError} `newer_format` when a version is above the one that this release knows. */
export function checkFormat(name: string, found: number, known: number): void {
  if (found <= known) return;
  throw new StoreError(
    "newer_format",
    `Cannot read ${name}: it has format ${found}, and this release knows ${known} and older ones`,
  );
}

/**
 * Brings a store to the version of this release.
 *
 * @param onProgress Told from time to time while entries are rewritten.
 * @returns Version that was found; null for a new store.
 * @throws {StoreError} `newer_format`, and then nothing was touched.
 */
export async function migrate(
  kv: Deno.Kv,
  format: StoreFormat,
  onProgress: OnProgress,
): Promise<number | null> {
  const found = await storedFormat(kv, format);
  if (found === format.version) return found;
  if (found !== null) checkFormat(format.name, found, format.version);
  for (let version = found ?? format.version; version < format.version; version++) {
    await format.steps[version]?.(kv, onProgress);
    await kv.set(format.key, version + 1);
  }
  if (found === null) await kv.set(format.key, format.version);
  return found;
}
