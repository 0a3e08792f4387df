import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { LakeDataset } from "../contracts/mod.ts";
import { PartitionError } from "./partition_error.ts";
import { exists, PARTITION_FILES, partitionFolder, type PartitionOf } from "./partition_place.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const Input = z.strictObject({ dataset: z.string(), dt: z.string(), manifest_sha256: Sha256 });

/** A partition that another was made of, as it was then. */
export type PartitionInput = z.infer<typeof Input>;

const Manifest = z.strictObject({
  code_version: z.string(),
  content_sha256: Sha256,
  contract_path: z.string(),
  contract_sha256: Sha256,
  dataset: z.string(),
  dt: z.string(),
  engine_mode: z.literal("lotus"),
  hour: z.null(),
  inputs: z.array(Input),
  row_count: z.int().min(0),
  stage: z.string(),
});

/** What stands in `_MANIFEST.json`: of what and by what a partition was made. Nothing tells when. */
export type PartitionManifest = z.infer<typeof Manifest>;

/** Text of a manifest: keys sorted, indented by 2. */
export function manifestText(manifest: PartitionManifest): string {
  return `${JSON.stringify(sorted(manifest), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Whether a partition is complete. @throws {PartitionError} `bad_name`. */
export function isComplete(lake: string, dataset: LakeDataset, of: PartitionOf): boolean {
  return exists(join(partitionFolder(lake, dataset, of), PARTITION_FILES.SUCCESS));
}

/**
 * The manifest of a complete partition, and the SHA-256 of its text.
 *
 * @throws {PartitionError} `not_there` when the partition is not complete, `damaged` when it has no
 * manifest that can be read.
 */
export function readManifest(
  lake: string,
  dataset: LakeDataset,
  of: PartitionOf,
): { readonly manifest: PartitionManifest; readonly sha256: string } {
  const name = `${dataset.key} of ${of.symbol} on ${of.dt}`;
  if (!isComplete(lake, dataset, of)) {
    throw new PartitionError("not_there", `Cannot find a complete partition: ${name}`);
  }
  try {
    const path = join(partitionFolder(lake, dataset, of), PARTITION_FILES.MANIFEST);
    const text = Deno.readTextFileSync(path);
    const sha256 = createHash("sha256").update(text).digest("hex");
    return { manifest: Manifest.parse(JSON.parse(text)), sha256 };
  } catch (cause) {
    const text = `Cannot read the manifest of a partition as it is missing or damaged: ${name}`;
    throw new PartitionError("damaged", text, { cause });
  }
}

/**
 * A partition as an input of another.
 *
 * @throws {PartitionError} `input_not_ready` when it is not complete, `damaged` when it cannot be read.
 */
export function partitionInput(
  lake: string,
  dataset: LakeDataset,
  of: PartitionOf,
): PartitionInput {
  if (!isComplete(lake, dataset, of)) {
    const text =
      `Cannot go on as an input is not ready: ${dataset.key} of ${of.symbol} on ${of.dt}`;
    throw new PartitionError("input_not_ready", text);
  }
  const { sha256 } = readManifest(lake, dataset, of);
  return { dataset: dataset.key, dt: of.dt, manifest_sha256: sha256 };
}
