import { type LakeDataset, lakeDataset } from "../contracts/mod.ts";
import { isComplete, type PartitionInput, readManifest } from "./manifest.ts";
import type { PartitionOf } from "./partition_place.ts";

/**
 * Inputs of a complete partition that are gone or not what they were when it was made; empty when it is
 * as good as new.
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
  return manifest.inputs.filter((input) => {
    const made = lakeDataset(input.dataset);
    const place = { ...of, dt: input.dt };
    return !isComplete(lake, made, place) ||
      readManifest(lake, made, place).sha256 !== input.manifest_sha256;
  });
}
