import { join } from "node:path";
import type { LakeDataset } from "../contracts/mod.ts";
import { PartitionError } from "./partition_error.ts";

/** Which partition of a dataset. */
export interface PartitionOf {
  /** Where the raw files come from: `databento`, `synthetic`. */
  readonly source: string;
  /** The future: `ESH6`. */
  readonly symbol: string;
  /** YYYY-MM-DD. */
  readonly dt: string;
}

/** What a partition's folder holds. */
export const PARTITION_FILES = {
  DATA: "part-00000.parquet",
  MANIFEST: "_MANIFEST.json",
  SUCCESS: "_SUCCESS",
} as const;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Folder of a dataset under the lake, above its dates.
 *
 * @throws {PartitionError} `bad_name` when source or symbol would be no folder of its own.
 */
function datasetFolder(
  lake: string,
  { path }: LakeDataset,
  { source, symbol }: Pick<PartitionOf, "source" | "symbol">,
): string {
  for (const name of [source, symbol]) {
    if (!NAME.test(name)) {
      throw new PartitionError("bad_name", `Cannot name a folder of the lake: "${name}"`);
    }
  }
  return join(lake, path.replace("{source}", source).replace("{symbol}", symbol));
}

/**
 * Folder of a partition.
 *
 * @throws {PartitionError} `bad_name` when a part of its name is none.
 */
export function partitionFolder(lake: string, dataset: LakeDataset, of: PartitionOf): string {
  if (!DATE.test(of.dt) || Number.isNaN(Date.parse(`${of.dt}T00:00:00Z`))) {
    throw new PartitionError("bad_name", `Cannot name a partition by what is no date: "${of.dt}"`);
  }
  return join(datasetFolder(lake, dataset, of), `dt=${of.dt}`);
}

/** Values of the `name=value` folders above a partition, by their names. */
export function folderValues(
  { path }: LakeDataset,
  { source, symbol, dt }: PartitionOf,
): ReadonlyMap<string, string> {
  const filled = path.replace("{source}", source).replace("{symbol}", symbol);
  const named = `${filled}/dt=${dt}`.split("/").filter((folder) => folder.includes("="));
  return new Map(named.map((folder) => {
    const at = folder.indexOf("=");
    return [folder.slice(0, at), folder.slice(at + 1)];
  }));
}

/** Whether a path exists. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Dates of a dataset whose partitions are complete, ascending. */
export function partitionDates(
  lake: string,
  dataset: LakeDataset,
  of: Pick<PartitionOf, "source" | "symbol">,
): readonly string[] {
  const folder = datasetFolder(lake, dataset, of);
  if (!exists(folder)) return [];
  return [...Deno.readDirSync(folder)]
    .flatMap(({ name }) => name.startsWith("dt=") ? [name.slice(3)] : [])
    .filter((dt) => exists(join(folder, `dt=${dt}`, PARTITION_FILES.SUCCESS)))
    .sort();
}
