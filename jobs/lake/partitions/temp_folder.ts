import { dirname, join } from "node:path";
import { exists } from "./partition_place.ts";

const TEMPORARY = ".tmp_";
const LOCK = ".lock";
/** Writers of one partition that may get in each other's way in a row. */
const TRIES = 8;

/** A name beside a place. Names are told apart by it; nothing that is stored depends on it. */
function nameBeside(place: string): string {
  return join(dirname(place), `${TEMPORARY}${crypto.randomUUID()}`);
}

function lockOf(path: string): string {
  return `${path}${LOCK}`;
}

/**
 * A folder that grows beside its place and takes it at once. Its lock tells others that its writer lives;
 * what a writer that died has left is removed by the next one.
 */
export class TempFolder {
  readonly path: string;
  readonly #place: string;
  readonly #lock: Deno.FsFile;
  #isThere = true;

  /** @param place Where it is to stand. @throws {Deno.errors} When the folder cannot be made. */
  constructor(place: string) {
    Deno.mkdirSync(dirname(place), { recursive: true });
    removeOrphans(dirname(place));
    this.#place = place;
    const { path, lock } = lockedName(place);
    this.path = path;
    this.#lock = lock;
    Deno.mkdirSync(path);
  }

  /**
   * Takes the place. What stood there goes; of two writers that end together the later one stays.
   *
   * @throws {Deno.errors} When the disk does not take it; what stood there stays then.
   */
  putInPlace(): void {
    for (let tries = 1; !this.#tookPlace(tries === TRIES); tries++);
    this.#release();
  }

  /** Removes it. Does nothing when it has taken its place. */
  remove(): void {
    if (!this.#isThere) return;
    removeAll(this.path);
    this.#release();
  }

  /** @param isLast Whether a failure is thrown; others may be another writer's doing. */
  #tookPlace(isLast: boolean): boolean {
    const old = nameBeside(this.#place);
    try {
      if (exists(this.#place)) Deno.renameSync(this.#place, old);
      Deno.renameSync(this.path, this.#place);
      removeAll(old);
      return true;
    } catch (error) {
      if (exists(this.#place)) removeAll(old);
      else if (exists(old)) Deno.renameSync(old, this.#place);
      if (isLast) throw error;
      return false;
    }
  }

  #release(): void {
    this.#isThere = false;
    // A lock that is not held is removed by others, so it goes while it is held.
    Deno.removeSync(lockOf(this.path));
    this.#lock.close();
  }
}

/**
 * A new name beside a place, and its lock: held before the folder is there, so that no other writer ever
 * sees it without.
 */
function lockedName(place: string): { readonly path: string; readonly lock: Deno.FsFile } {
  while (true) {
    const path = nameBeside(place);
    const lock = Deno.openSync(lockOf(path), { write: true, createNew: true });
    lock.lockSync(true);
    if (exists(lockOf(path))) return { path, lock };
    // Another writer found it before it was held.
    lock.close();
  }
}

/** Removes what writers that died have left: folders and locks of which nobody holds the lock. */
function removeOrphans(parent: string): void {
  for (const { name } of Deno.readDirSync(parent)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const path = join(parent, name);
    if (name.endsWith(LOCK)) removeUnlessHeld(path.slice(0, -LOCK.length));
    else if (!exists(lockOf(path))) removeAll(path);
  }
}

function removeUnlessHeld(path: string): void {
  const lock = openIfThere(lockOf(path));
  if (lock === null) return;
  try {
    if (!lock.tryLockSync(true)) return;
    removeAll(path);
    removeAll(lockOf(path));
  } finally {
    lock.close();
  }
}

function openIfThere(path: string): Deno.FsFile | null {
  try {
    return Deno.openSync(path, { read: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Removes a file or a folder; does nothing when it is gone. */
function removeAll(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
