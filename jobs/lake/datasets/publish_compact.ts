import { join } from "node:path";
import { z } from "zod";
import { fileSha256 } from "../parquet/mod.ts";
import { CompactBins } from "./compact_bins.ts";
import { DatasetError } from "./dataset_error.ts";
import { jsonText } from "./dataset_folder.ts";
import { FORM_FILES } from "./file_names.ts";
import { readJsonFile } from "./json_file.ts";
import type { Published, PublishOptions } from "./published.ts";
import { BASE, datasetPaths, exists, removeFolder, seal, withRootLock } from "./research_root.ts";
import { checkSameContent } from "./same_content.ts";
import { checksumKey } from "./verify.ts";

const BaseManifest = z.looseObject({ form: z.literal("compact"), source_manifest: z.unknown() });

/**
 * Publishes a folder in compact form as it is: an immutable base with checksums. It has no store of
 * experiments, as those are about projections, which only the full form holds.
 *
 * @throws {DatasetError} When the source is damaged, workspaces are asked for, or the id is taken by other
 * content.
 */
export async function publishCompact(
  dir: string,
  id: string,
  root: string,
  options: PublishOptions,
): Promise<Published> {
  if (options.agents.length > 0) {
    throw new DatasetError(
      "form",
      `Cannot make workspaces of "${id}" in compact form as it holds no projections: expand it first`,
    );
  }
  const source = CompactBins.open(dir);
  return await withRootLock(root, () => {
    const { base, store, newBase } = datasetPaths(root, id);
    removeFolder(newBase);
    if (exists(base) || exists(store)) return Promise.resolve(unchanged(root, id, source));
    try {
      buildBase(newBase, id, source, options);
      Deno.renameSync(newBase, base);
    } catch (error) {
      removeFolder(newBase);
      throw error;
    }
    return Promise.resolve(published(base, id, "published", source));
  });
}

/** Answers for an id that exists. */
function unchanged(root: string, id: string, source: CompactBins): Published {
  const { base } = datasetPaths(root, id);
  const path = join(base, BASE.MANIFEST);
  const known = exists(path) ? readJsonFile(path, z.unknown()) : null;
  const manifest = BaseManifest.safeParse(known);
  checkSameContent(root, id, manifest.data?.source_manifest, source.all);
  return published(base, id, "unchanged", source);
}

function published(
  base: string,
  id: string,
  status: Published["status"],
  { manifest }: CompactBins,
): Published {
  return {
    dataset_id: id,
    status,
    immutable_dir: base,
    experiments_dir: null,
    rows: manifest.rows,
    projection_columns: [],
    agent_workspaces: {},
  };
}

/** Builds the base and makes it read-only. */
function buildBase(folder: string, id: string, source: CompactBins, options: PublishOptions): void {
  Deno.mkdirSync(folder, { recursive: true });
  const sums: Record<string, string> = {};
  for (const name of FORM_FILES.compact) {
    Deno.copyFileSync(join(source.folder, name), join(folder, name));
    sums[checksumKey(name)] = fileSha256(join(folder, name));
  }
  const text = jsonText({
    schema_ver: 1,
    form: "compact",
    dataset_id: id,
    rows: source.manifest.rows,
    immutable_files: FORM_FILES.compact,
    source_manifest: source.all,
  });
  const path = join(folder, BASE.MANIFEST);
  Deno.writeTextFileSync(path, text);
  sums[checksumKey(BASE.MANIFEST)] = fileSha256(path);
  Deno.writeTextFileSync(join(folder, BASE.CHECKSUMS), jsonText(sums));
  Deno.writeTextFileSync(
    join(folder, BASE.LOG),
    jsonText({ created_at_utc: options.now().toISOString(), source_dir: source.folder }),
  );
  seal(folder);
}
