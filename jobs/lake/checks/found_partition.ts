import { join, resolve } from "node:path";
import { LAKE, type LakeDataset } from "../contracts/mod.ts";
import { type PartitionOf, partitionsUnder } from "../partitions/mod.ts";

/** A complete partition, by where it lies. */
export interface FoundPartition {
  readonly lake: string;
  readonly dataset: LakeDataset;
  readonly of: PartitionOf;
  /** Folder under the one that was looked at; "" when it is that one. */
  readonly path: string;
}

/** The partition that a folder is, or all that lie under it, by path. Folders of no dataset are passed over. */
export function findPartitions(folder: string): readonly FoundPartition[] {
  const root = resolve(folder);
  return partitionsUnder(root).sort().flatMap((path) => {
    const found = partitionAt(join(root, path));
    return found === null ? [] : [{ ...found, path }];
  });
}

function partitionAt(folder: string): Omit<FoundPartition, "path"> | null {
  for (const dataset of LAKE.values()) {
    const pattern = dataset.path.replaceAll(/[.*+?()|[\]\\]/g, "\\$&")
      .replace("{source}", "(?<source>[^/]+)").replace("{symbol}", "(?<symbol>[^/]+)");
    const found = new RegExp(`^(?<lake>.*)/${pattern}/dt=(?<dt>[0-9-]{10})$`).exec(folder)?.groups;
    if (found === undefined) continue;
    const { lake = "", source = "synthetic", symbol = "", dt = "" } = found;
    return { lake, dataset, of: { source, symbol, dt } };
  }
  return null;
}
