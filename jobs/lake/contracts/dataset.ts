import type { TableLayout } from "../../../engine/frames/surfaces/mod.ts";

/** A table of the lake: what it looks like, and where its partitions lie. */
export interface LakeDataset {
  /** Layer, product and table: the name of its layout. */
  readonly key: string;
  /** Folder under the lake, with `{source}` and `{symbol}` to be filled in; below it a folder per date. */
  readonly path: string;
  readonly table: TableLayout;
  /** What a partition is of. */
  readonly partitionKeys: readonly ["symbol", "dt"];
  /** File of its contract. */
  readonly contract: string;
  /** What makes it. */
  readonly stage: string;
}

/** Datasets that cannot stand side by side. */
export class DatasetRegistryError extends RangeError {
  override readonly name = "DatasetRegistryError";
  readonly code: "duplicate_key" | "duplicate_path" | "unknown_key";

  constructor(code: DatasetRegistryError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** A dataset by its parts. */
export function dataset(table: TableLayout, path: string, stage: string): LakeDataset {
  const { name: key } = table;
  const contract = `docs/contracts/${key}.avsc`;
  return { key, path, table, partitionKeys: ["symbol", "dt"], contract, stage };
}

/**
 * Datasets by their keys.
 *
 * @throws {DatasetRegistryError} `duplicate_key` or `duplicate_path` when two have the same.
 */
export function datasetRegistry(
  datasets: readonly LakeDataset[],
): ReadonlyMap<string, LakeDataset> {
  const byKey = new Map<string, LakeDataset>();
  const paths = new Map<string, string>();
  for (const each of datasets) {
    const { key, path } = each;
    const other = paths.get(path);
    if (byKey.has(key)) {
      const text = `Cannot register two datasets under one key: "${key}"`;
      throw new DatasetRegistryError("duplicate_key", text);
    }
    if (other !== undefined) {
      const text = `Cannot register "${key}" as "${other}" lies in the same folder: "${path}"`;
      throw new DatasetRegistryError("duplicate_path", text);
    }
    byKey.set(key, each);
    paths.set(path, key);
  }
  return byKey;
}

/** Names of the `name=value` folders that the partitions of a dataset lie in. */
export function folderKeys({ path }: Pick<LakeDataset, "path">): readonly string[] {
  const named = path.split("/").filter((folder) => folder.includes("="));
  return [...named.map((folder) => folder.slice(0, folder.indexOf("="))), "dt"];
}
