import { join } from "node:path";
import { DatasetError } from "./dataset_error.ts";

/** Files of an immutable base. */
export const BASE = {
  BINS: "bins.parquet",
  GRID: "grid_clean.parquet",
  MANIFEST: "manifest.json",
  CHECKSUMS: "checksums.json",
  LOG: "publish.log.json",
} as const;

/** Files of an experiment store. */
export const STORE = {
  SEED: "projection_seed.parquet",
  MANIFEST: "manifest.json",
  LOG: "publish.log.json",
  AGENTS: "agents",
  /** Stands in the store until its base is in place. */
  MARKER: "PUBLISHING.json",
} as const;

/** Folder of all datasets below the data folder. */
export function researchRoot(dataDir: string): string {
  return join(dataDir, "research");
}

/** Where a dataset's two halves lie, and where they are built. */
export interface DatasetPaths {
  readonly base: string;
  readonly store: string;
  readonly newBase: string;
  readonly newStore: string;
}

/** Paths of a dataset. */
export function datasetPaths(root: string, id: string): DatasetPaths {
  return {
    base: join(root, "vp_immutable", id),
    store: join(root, "vp_experiments", id),
    newBase: join(root, "vp_immutable", `.publishing-${id}`),
    newStore: join(root, "vp_experiments", `.publishing-${id}`),
  };
}

/** Whether something of that name exists. */
export function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Makes a folder and its files read-only. */
export function seal(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) Deno.chmodSync(join(folder, name), 0o444);
  Deno.chmodSync(folder, 0o555);
}

/** Removes a folder, read-only ones too. Does nothing when it is missing. */
export function removeFolder(path: string): void {
  if (!exists(path)) return;
  Deno.chmodSync(path, 0o755);
  for (const entry of Deno.readDirSync(path)) {
    const inside = join(path, entry.name);
    if (entry.isDirectory) removeFolder(inside);
    else Deno.removeSync(inside);
  }
  Deno.removeSync(path);
}

/**
 * Runs `work` while no other process publishes below the same root.
 *
 * @throws {DatasetError} `in_use` when one does.
 */
export async function withRootLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  Deno.mkdirSync(root, { recursive: true });
  const path = join(root, "publish.lock");
  const file = Deno.openSync(path, { create: true, read: true, write: true });
  try {
    if (!file.tryLockSync(true)) {
      throw new DatasetError("in_use", `Cannot publish as another process does below "${root}"`);
    }
    return await work();
  } finally {
    file.close();
  }
}
