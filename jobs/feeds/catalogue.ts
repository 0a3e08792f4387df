import { basename, dirname, join, resolve } from "node:path";

/** Most files that are offered; those that sort last are left out. */
const MAX_FILES = 200;

/** A replay file that the page may open. */
export interface CatalogueEntry {
  /** Unique name shown and sent by clients. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

function isReplayFile(name: string): boolean {
  return /\.dbn(\.zst)?$/.test(name);
}

/** Whether an error means that there is nothing to see here, now or for this user. */
function isOutOfReach(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.PermissionDenied;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}

async function list(folder: string): Promise<CatalogueEntry[]> {
  const found: CatalogueEntry[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isFile || !isReplayFile(entry.name)) continue;
      const path = join(folder, entry.name);
      const bytes = await sizeOf(path);
      if (bytes !== null) found.push({ name: entry.name, path, bytes });
    }
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
  }
  return found;
}

/**
 * The replay files that clients may open: `.dbn` and `.dbn.zst` files directly inside a few folders,
 * and nothing else on the machine.
 */
export class Catalogue {
  readonly #folders: readonly string[];

  /**
   * @param dataDir Data folder; its `feeds/` and `uploads/` are listed.
   * @param feed The configured feed; when it is a file, its folder is listed.
   * @param samples Further folder, or empty.
   */
  constructor(dataDir: string, feed: string, samples: string) {
    const folders = ["feeds", "uploads"].map((name) => join(resolve(dataDir), name));
    if (feed !== "synthetic") folders.push(dirname(resolve(feed)));
    if (samples !== "") folders.push(resolve(samples));
    this.#folders = [...new Set(folders)];
  }

  /** All files, ascending by name; of two with one name the first folder wins. */
  async entries(): Promise<readonly CatalogueEntry[]> {
    const byName = new Map<string, CatalogueEntry>();
    for (const folder of this.#folders) {
      for (const entry of await list(folder)) {
        if (!byName.has(entry.name)) byName.set(entry.name, entry);
      }
    }
    const sorted = [...byName.values()].sort((a, b) => a.name < b.name ? -1 : 1);
    return sorted.slice(0, MAX_FILES);
  }

  /** The entry of that name, or null. A path is no name. */
  async find(name: string): Promise<CatalogueEntry | null> {
    if (name !== basename(name)) return null;
    return (await this.entries()).find((entry) => entry.name === name) ?? null;
  }
}
