import { isProjection } from "../../../engine/frames/contract.ts";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { columnNames, copyColumns, readFooter } from "./copy_columns.ts";
import { DatasetError } from "./dataset_error.ts";
import { checkComplete, jsonText } from "./dataset_folder.ts";
import { DATASET_FILES, type DatasetForm } from "./file_names.ts";
import { readJsonFile } from "./json_file.ts";
import { checkName } from "./names.ts";
import type { Published, PublishOptions } from "./published.ts";
import { publishCompact } from "./publish_compact.ts";
import { type FileFacts, fileSha256 } from "../parquet/mod.ts";
import {
  BASE,
  type DatasetPaths,
  datasetPaths,
  exists,
  removeFolder,
  seal,
  STORE,
  withRootLock,
} from "./research_root.ts";
import { checkSameContent } from "./same_content.ts";
import type { StoreManifest } from "./verify.ts";
import { makeWorkspace, workspacePaths } from "./workspaces.ts";

/** Columns by which projections are joined to the grid. */
const KEYS = ["ts_ns", "bin_seq", "k"];

/** What of a captured folder's manifest publishing relies on; the rest is carried along. */
const SourceManifest = z.looseObject({
  files: z.array(z.looseObject({ name: z.string(), sha256: z.string() })),
});

const BaseManifest = z.looseObject({
  rows: z.strictObject({ bins: z.int(), grid_clean: z.int() }),
  source_manifest: z.unknown(),
  projection_columns_removed: z.array(z.string()),
});

/** What was read of the source before anything is written. */
interface Source {
  readonly dir: string;
  readonly manifest: z.infer<typeof SourceManifest>;
  readonly grid: readonly string[];
  readonly projections: readonly string[];
}

/**
 * Splits a captured folder into an immutable base, with checksums, and an experiment store with
 * workspaces. Both are built beside their place and appear whole; on any failure neither does.
 *
 * @throws {DatasetError} When the source is incomplete or changed, a name is none, or the id is taken
 * by other content.
 */
export async function publishDataset(options: PublishOptions): Promise<Published> {
  const dir = resolve(options.sourceDir);
  const id = checkName("a dataset id", options.datasetId ?? basename(dir));
  for (const agent of options.agents) checkName("a workspace", agent);
  const root = resolve(options.root);
  const form = formFor(dir, options.form ?? "full");
  if (form === "compact") return await publishCompact(dir, id, root, options);
  const source = await readSource(dir);
  return await withRootLock(root, async () => {
    const paths = datasetPaths(root, id);
    recover(paths);
    if (exists(paths.base) || exists(paths.store)) return unchanged(root, id, source);
    options.onProgress?.(0.1, "checking the source");
    checkSource(source);
    try {
      const store = await build(paths, id, source, options);
      options.onProgress?.(1, "putting it in place");
      Deno.renameSync(paths.newStore, paths.store);
      Deno.renameSync(paths.newBase, paths.base);
      Deno.removeSync(join(paths.store, STORE.MARKER));
      return published(root, id, "published", store);
    } catch (error) {
      for (const path of [paths.newBase, paths.newStore]) removeFolder(path);
      // A base in place means that all is done but for the marker.
      if (!exists(paths.base)) removeFolder(paths.store);
      throw error;
    }
  });
}

/** The source's form, which must be the one that is wanted. */
function formFor(dir: string, wanted: DatasetForm): DatasetForm {
  const form = checkComplete(dir);
  if (form === wanted) return form;
  throw new DatasetError(
    "form",
    form === "compact"
      ? `Cannot publish "${dir}" in full as it is in compact form: expand it first, or use --compact`
      : `Cannot publish "${dir}" in compact form as it was not captured so: capture it with --compact`,
  );
}

/** Removes what a process that died has left. */
function recover({ base, store, newBase, newStore }: DatasetPaths): void {
  removeFolder(newBase);
  removeFolder(newStore);
  const marker = join(store, STORE.MARKER);
  if (!exists(marker)) return;
  if (exists(base)) Deno.removeSync(marker);
  else removeFolder(store);
}

async function readSource(dir: string): Promise<Source> {
  const manifest = readJsonFile(join(dir, DATASET_FILES.MANIFEST), SourceManifest);
  const names = columnNames(await readFooter(join(dir, DATASET_FILES.BUCKETS)));
  const missing = KEYS.filter((key) => !names.includes(key));
  if (missing.length > 0) {
    throw new DatasetError(
      "damaged",
      `Cannot publish as buckets.parquet lacks the key columns ${missing.join(", ")}`,
    );
  }
  const projections = names.filter(isProjection);
  if (projections.length === 0) {
    throw new DatasetError("damaged", "Cannot publish as buckets.parquet has no projection column");
  }
  const grid = names.filter((name) => !isProjection(name));
  return { dir, manifest, grid, projections };
}

/** The files must be those that the manifest describes. */
function checkSource({ dir, manifest }: Source): void {
  for (const name of [DATASET_FILES.BINS, DATASET_FILES.BUCKETS]) {
    const expected = manifest.files.find((file) => file.name === name)?.sha256;
    if (expected === fileSha256(join(dir, name))) continue;
    throw new DatasetError("damaged", `Cannot publish as ${name} is not what its manifest says`);
  }
}

/** Answers for an id that exists. */
function unchanged(root: string, id: string, source: Source): Published {
  const { base, store } = datasetPaths(root, id);
  if (!exists(base) || !exists(store)) {
    const path = exists(base) ? base : store;
    throw new DatasetError("exists", `Cannot publish "${id}" as half of it exists: "${path}"`);
  }
  const manifest = readJsonFile(join(base, BASE.MANIFEST), BaseManifest);
  checkSameContent(root, id, manifest.source_manifest, JSON.parse(JSON.stringify(source.manifest)));
  return published(root, id, "unchanged", readStoreManifest(root, id));
}

function readStoreManifest(root: string, id: string): StoreManifest {
  const { store } = datasetPaths(root, id);
  return JSON.parse(Deno.readTextFileSync(join(store, STORE.MANIFEST)));
}

function published(
  root: string,
  id: string,
  status: Published["status"],
  store: StoreManifest,
): Published {
  const paths = datasetPaths(root, id);
  const { rows } = readJsonFile(join(paths.base, BASE.MANIFEST), BaseManifest);
  return {
    dataset_id: id,
    status,
    immutable_dir: paths.base,
    experiments_dir: paths.store,
    rows: { ...rows, ...store.rows },
    projection_columns: store.projection_columns,
    agent_workspaces: store.agent_workspaces,
  };
}

/** Builds both halves beside their places. */
async function build(
  paths: DatasetPaths,
  id: string,
  source: Source,
  options: PublishOptions,
): Promise<StoreManifest> {
  const log = jsonText({
    created_at_utc: options.now().toISOString(),
    source_dir: source.dir,
  });
  options.onProgress?.(0.3, "writing the immutable base");
  const checksums = await buildBase(paths.newBase, id, source, log);
  options.onProgress?.(0.7, "writing the experiment store");
  Deno.mkdirSync(paths.newStore, { recursive: true });
  Deno.writeTextFileSync(join(paths.newStore, STORE.MARKER), jsonText({ complete: false }));
  const seed = join(paths.newStore, STORE.SEED);
  const buckets = join(source.dir, DATASET_FILES.BUCKETS);
  const facts = await copyColumns(buckets, seed, new Set([...KEYS, ...source.projections]));
  const manifest: StoreManifest = {
    schema_ver: 1,
    dataset_id: id,
    immutable_base_dir: `vp_immutable/${id}`,
    immutable_checksums_sha256: checksums,
    rows: { projection_seed: facts.rows },
    projection_columns: [...source.projections],
    files: { projection_seed: STORE.SEED },
    projection_seed_sha256: facts.sha256,
    agent_workspaces: { ...workspacePaths(options.agents) },
  };
  for (const agent of options.agents) {
    makeWorkspace(join(paths.newStore, STORE.AGENTS, agent), seed, id);
  }
  Deno.writeTextFileSync(join(paths.newStore, STORE.MANIFEST), jsonText(manifest));
  Deno.writeTextFileSync(join(paths.newStore, STORE.LOG), log);
  return manifest;
}

/** Builds the base and makes it read-only. Returns the SHA-256 of its checksums. */
async function buildBase(
  folder: string,
  id: string,
  { dir, manifest, grid, projections }: Source,
  log: string,
): Promise<string> {
  Deno.mkdirSync(folder, { recursive: true });
  const bins = join(folder, BASE.BINS);
  Deno.copyFileSync(join(dir, DATASET_FILES.BINS), bins);
  const binsFooter = await readFooter(bins);
  const clean: FileFacts = await copyColumns(
    join(dir, DATASET_FILES.BUCKETS),
    join(folder, BASE.GRID),
    new Set(grid),
  );
  const text = jsonText({
    schema_ver: 1,
    dataset_id: id,
    rows: { bins: Number(binsFooter.num_rows), grid_clean: clean.rows },
    projection_columns_removed: projections,
    immutable_files: [BASE.BINS, BASE.GRID],
    source_manifest: manifest,
  });
  Deno.writeTextFileSync(join(folder, BASE.MANIFEST), text);
  Deno.writeTextFileSync(
    join(folder, BASE.CHECKSUMS),
    jsonText({
      bins_parquet_sha256: fileSha256(bins),
      grid_clean_parquet_sha256: clean.sha256,
      manifest_json_sha256: fileSha256(join(folder, BASE.MANIFEST)),
    }),
  );
  Deno.writeTextFileSync(join(folder, BASE.LOG), log);
  seal(folder);
  return fileSha256(join(folder, BASE.CHECKSUMS));
}
