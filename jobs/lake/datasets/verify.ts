import { join } from "node:path";
import { z } from "zod";
import { DatasetError } from "./dataset_error.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { checkName } from "./names.ts";
import { BASE, datasetPaths, exists, STORE } from "./research_root.ts";

const sha = z.string().regex(/^[0-9a-f]{64}$/);

/** What `checksums.json` holds. */
const Checksums = z.strictObject({
  bins_parquet_sha256: sha,
  grid_clean_parquet_sha256: sha,
  manifest_json_sha256: sha,
});
type Checksums = z.infer<typeof Checksums>;

/** The manifest of an experiment store. */
export const StoreManifest = z.strictObject({
  schema_ver: z.literal(1),
  dataset_id: z.string(),
  immutable_base_dir: z.string(),
  immutable_checksums_sha256: sha,
  rows: z.strictObject({ projection_seed: z.int() }),
  projection_columns: z.array(z.string()),
  files: z.record(z.string(), z.string()),
  projection_seed_sha256: sha,
  agent_workspaces: z.record(z.string(), z.string()),
});
export type StoreManifest = z.infer<typeof StoreManifest>;

/** What was found out about a dataset. */
export interface Verification {
  readonly dataset_id: string;
  readonly ok: boolean;
  /** What is wrong, a line per file, each beginning with its name. */
  readonly problems: readonly string[];
  /** Files whose checksum was computed. */
  readonly files: readonly string[];
}

const SUMS: readonly (readonly [keyof Checksums, string])[] = [
  ["bins_parquet_sha256", BASE.BINS],
  ["grid_clean_parquet_sha256", BASE.GRID],
  ["manifest_json_sha256", BASE.MANIFEST],
];

/**
 * Computes the checksums of a published dataset anew.
 *
 * @throws {DatasetError} When there is no such dataset.
 */
export function verifyDataset(root: string, id: string): Verification {
  const { base, store } = datasetPaths(root, checkName("a dataset id", id));
  if (!exists(base)) {
    throw new DatasetError("missing", `Cannot find the dataset "${id}": "${base}"`);
  }
  const problems: string[] = [];
  const files: string[] = [];
  const checksums = Checksums.safeParse(readOrNull(join(base, BASE.CHECKSUMS)));
  if (!checksums.success) {
    problems.push(`${BASE.CHECKSUMS} is missing or damaged`);
    return { dataset_id: id, ok: false, problems, files };
  }
  const check = (folder: string, name: string, expected: string) => {
    files.push(name);
    const path = join(folder, name);
    if (!exists(path)) problems.push(`${name} is missing`);
    else if (fileSha256(path) !== expected) problems.push(`${name} has changed`);
  };
  for (const [key, name] of SUMS) check(base, name, checksums.data[key]);
  const known: readonly string[] = Object.values(BASE);
  for (const { name } of Deno.readDirSync(base)) {
    if (!known.includes(name)) problems.push(`${name} is no file of the dataset`);
  }
  const manifest = StoreManifest.safeParse(readOrNull(join(store, STORE.MANIFEST)));
  if (!manifest.success) {
    problems.push(`${STORE.MANIFEST} of the experiment store is missing or damaged`);
  } else {
    check(base, BASE.CHECKSUMS, manifest.data.immutable_checksums_sha256);
    check(store, STORE.SEED, manifest.data.projection_seed_sha256);
  }
  return { dataset_id: id, ok: problems.length === 0, problems, files };
}

function readOrNull(path: string): unknown {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch {
    return null;
  }
}
