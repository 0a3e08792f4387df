import { serialize } from "node:v8";
import { StoreError } from "./store_error.ts";

/**
 * What one commit may hold. Deno KV takes 1,000 changes, 81,920 bytes of keys and 819,200 bytes in all;
 * sizes are estimated from above, so a commit within these bounds is never refused for its size.
 */
export const COMMIT_BUDGET = { changes: 900, keyBytes: 72_000, bytes: 700_000 } as const;

/** One change of a commit. */
export interface Change {
  readonly key: Deno.KvKey;
  /** Null deletes the key. */
  readonly value: unknown;
}

interface Size {
  readonly keyBytes: number;
  readonly bytes: number;
}

/** Bytes of a key at most: type marks, ends and escapes counted. */
function keyBytesOf(key: Deno.KvKey): number {
  let bytes = 0;
  for (const part of key) {
    if (typeof part === "string") bytes += part.length * 3 + 2;
    else bytes += part instanceof Uint8Array ? part.length * 2 + 2 : 24;
  }
  return bytes;
}

function sizeOf({ key, value }: Change): Size {
  const keyBytes = keyBytesOf(key);
  if (value === null) return { keyBytes, bytes: keyBytes };
  const length = value instanceof Uint8Array ? value.length : serialize(value).length;
  return { keyBytes, bytes: keyBytes + length };
}

/** Adds changes up to the budget. */
class Budget {
  changes = 0;
  #keyBytes = 0;
  #bytes = 0;

  /** Takes a change up, or tells that it does not fit. */
  take({ keyBytes, bytes }: Size): boolean {
    if (
      this.changes >= COMMIT_BUDGET.changes ||
      this.#keyBytes + keyBytes > COMMIT_BUDGET.keyBytes ||
      this.#bytes + bytes > COMMIT_BUDGET.bytes
    ) return false;
    this.changes++;
    this.#keyBytes += keyBytes;
    this.#bytes += bytes;
    return true;
  }
}

function apply(atomic: Deno.AtomicOperation, { key, value }: Change): Deno.AtomicOperation {
  return value === null ? atomic.delete(key) : atomic.set(key, value);
}

function tooLarge(changes: number): StoreError {
  const { changes: most, bytes } = COMMIT_BUDGET;
  return new StoreError(
    "too_large",
    `Cannot commit ${changes} changes at once: at most ${most} of ${bytes} bytes together`,
  );
}

/** Whether changes can be made by {@link commitAtOnce}. */
export function fitsOneCommit(changes: readonly Change[]): boolean {
  const budget = new Budget();
  return changes.every((change) => budget.take(sizeOf(change)));
}

/**
 * Makes all changes in one commit, or none.
 *
 * @param checks Entries that must be as they were read, versionstamp null for none.
 * @returns False when one of them is not, and then nothing is written.
 * @throws {StoreError} `too_large` when they pass {@link COMMIT_BUDGET}.
 */
export async function commitAtOnce(
  kv: Deno.Kv,
  changes: readonly Change[],
  checks: readonly Deno.AtomicCheck[] = [],
): Promise<boolean> {
  const budget = new Budget();
  const atomic = changes.reduce((operation, change) => {
    if (!budget.take(sizeOf(change))) throw tooLarge(changes.length);
    return apply(operation, change);
  }, kv.atomic().check(...checks));
  return (await atomic.commit()).ok;
}

/**
 * Makes changes in order, in as few commits as the budget allows. A process that dies in between leaves
 * the first ones made: the order must be one that a reader can stand at any point.
 *
 * @returns How many commits it took.
 * @throws {StoreError} `too_large` when one change alone passes {@link COMMIT_BUDGET}.
 */
export async function commitInOrder(kv: Deno.Kv, changes: readonly Change[]): Promise<number> {
  let atomic = kv.atomic();
  let budget = new Budget();
  let commits = 0;
  const flush = async () => {
    if (budget.changes === 0) return;
    await atomic.commit();
    commits++;
    atomic = kv.atomic();
    budget = new Budget();
  };
  for (const change of changes) {
    const size = sizeOf(change);
    if (!budget.take(size)) {
      await flush();
      if (!budget.take(size)) throw tooLarge(1);
    }
    atomic = apply(atomic, change);
  }
  await flush();
  return commits;
}
