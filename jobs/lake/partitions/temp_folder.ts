import { dirname, join } from "node:path";
import { exists } from "./partition_place.ts";

const TEMPORARY = ".tmp_";
/** Writers of one partition that may get in each other's way in a row. */
const TRIES = 8;

/** A name beside a place. Names are told apart by it; nothing that is stored depends on it. */
function nameBeside(place: string): string {
  return join(dirname(place), `${TEMPORARY}${crypto.randomUUID()}`);
}

function lockOf(path: string): string {
  return `${path}.lock`;
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
    this.path = nameBeside(place);
    // Held before the folder is there, so that no other writer ever sees it without.
    this.#lock = Deno.openSync(lockOf(this.path), { write: true, createNew: true });
    this.#lock.lockSync(true);
    Deno.mkdirSync(this.path);
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
    removeFolder(this.path);
    this.#release();
  }

  /** @param isLast Whether a failure is thrown; others may be another writer's doing. */
  #tookPlace(isLast: boolean): boolean {
    const old = nameBeside(this.#place);
    try {
      if (exists(this.#place)) Deno.renameSync(this.#place, old);
      Deno.renameSync(this.path, this.#place);
      removeFolder(old);
      return true;
    } catch (error) {
      if (exists(this.#place)) removeFolder(old);
      else if (exists(old)) Deno.renameSync(old, this.#place);
      if (isLast) throw error;
      return false;
    }
  }

  #release(): void {
    this.#isThere = false;
    this.#lock.close();
    Deno.removeSync(lockOf(this.path));
  }
}

/** Removes folders whose writers died: nobody holds their locks. */
function removeOrphans(parent: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(parent)) {
    const path = join(parent, name);
    if (!isDirectory || !name.startsWith(TEMPORARY) || isHeld(lockOf(path))) continue;
    removeFolder(path);
    if (exists(lockOf(path))) Deno.removeSync(lockOf(path));
  }
}

function isHeld(path: string): boolean {
  if (!exists(path)) return false;
  const lock = Deno.openSync(path, { read: true, write: true });
  try {
    return !lock.tryLockSync(true);
  } finally {
    lock.close();
  }
}

function removeFolder(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
