import { join } from "node:path";
import { z } from "zod";
import { DatasetError } from "./dataset_error.ts";
import { type DatasetForm, FORM_FILES } from "./file_names.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { checkName } from "./names.ts";
import { BASE, datasetPaths, exists, STORE } from "./research_root.ts";

const sha = z.string().regex(/^[0-9a-f]{64}$/);

/** Files of a base that have a checksum. */
const SUMMED: Readonly<Record<DatasetForm, readonly string[]>> = {
  full: [BASE.BINS, BASE.GRID, BASE.MANIFEST],
  compact: [...FORM_FILES.compact, BASE.MANIFEST],
};

/** Under what `checksums.json` has a file's. */
export function checksumKey(name: string): string {
  return `${name.replaceAll(".", "_")}_sha256`;
}

/** What `checksums.json` holds of a base in a form. */
function checksumsOf(form: DatasetForm): z.ZodType<Record<string, string>> {
  return z.strictObject(Object.fromEntries(SUMMED[form].map((name) => [checksumKey(name), sha])));
}

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
  const sums = readOrNull(join(base, BASE.CHECKSUMS));
  const full = checksumsOf("full").safeParse(sums);
  const form = full.success ? "full" : "compact";
  const checksums = full.success ? full : checksumsOf(form).safeParse(sums);
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
  for (const name of SUMMED[form]) check(base, name, checksums.data[checksumKey(name)] ?? "");
  const known: readonly string[] = [...SUMMED[form], BASE.CHECKSUMS, BASE.LOG];
  for (const { name } of Deno.readDirSync(base)) {
    if (!known.includes(name)) problems.push(`${name} is no file of the dataset`);
  }
  if (form === "compact") return { dataset_id: id, ok: problems.length === 0, problems, files };
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
