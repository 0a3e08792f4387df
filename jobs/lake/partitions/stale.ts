import { join } from "node:path";
import { type LakeDataset, lakeDataset } from "../contracts/mod.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { isComplete, type PartitionInput, readManifest } from "./manifest.ts";
import { exists, PARTITION_FILES, partitionFolder, type PartitionOf } from "./partition_place.ts";

/** What inputs that are files, not tables, begin with. */
const RAW = "raw/";

/**
 * Inputs of a complete partition that are gone or not what they were when it was made; empty when it is
 * as good as new. A raw file that is older than the partition is taken as the one that it was made of.
 *
 * @throws {PartitionError} `not_there` when the partition is not complete, `damaged` when a manifest
 * cannot be read.
 */
export function staleInputs(
  lake: string,
  dataset: LakeDataset,
  of: PartitionOf,
): readonly PartitionInput[] {
  const { manifest } = readManifest(lake, dataset, of);
  const made = join(partitionFolder(lake, dataset, of), PARTITION_FILES.MANIFEST);
  return manifest.inputs.filter((input) => {
    if (input.dataset.startsWith(RAW)) return isOtherFile(join(lake, input.dataset), made, input);
    const dataset = lakeDataset(input.dataset);
    const place = { ...of, dt: input.dt };
    return !isComplete(lake, dataset, place) ||
      readManifest(lake, dataset, place).sha256 !== input.manifest_sha256;
  });
}

/** @param made A file that was written when the input was read. */
function isOtherFile(path: string, made: string, { manifest_sha256 }: PartitionInput): boolean {
  if (!exists(path)) return false; // raw files may be archived elsewhere
  const changedMs = Deno.statSync(path).mtime?.getTime() ?? Infinity;
  const madeMs = Deno.statSync(made).mtime?.getTime() ?? 0;
  return changedMs >= madeMs && fileSha256(path) !== manifest_sha256;
}
