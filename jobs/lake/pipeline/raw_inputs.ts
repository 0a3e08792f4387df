import { relative } from "node:path";
import { fileSha256 } from "../parquet/mod.ts";
import type { PartitionInput } from "../partitions/mod.ts";
import type { RawDay } from "./raw_files.ts";

/** Raw files as inputs of a partition: each by its path under the lake and the hash of its bytes. */
export function rawInputs(
  { lake, dt }: RawDay,
  files: readonly string[],
): readonly PartitionInput[] {
  return files.map((path) => ({
    dataset: relative(lake, path),
    dt,
    manifest_sha256: fileSha256(path),
  }));
}
