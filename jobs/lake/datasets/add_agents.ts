import { join, resolve } from "node:path";
import { DatasetError } from "./dataset_error.ts";
import { jsonText } from "./dataset_folder.ts";
import { formOf } from "./form.ts";
import { readJsonFile } from "./json_file.ts";
import { checkName } from "./names.ts";
import { BASE, datasetPaths, exists, removeFolder, STORE, withRootLock } from "./research_root.ts";
import { StoreManifest } from "./verify.ts";
import { makeWorkspace, workspacePaths } from "./workspaces.ts";

/** Which workspaces to add. */
export interface AddAgentsOptions {
  readonly datasetId: string;
  readonly root: string;
  /** At least one. */
  readonly agents: readonly string[];
  readonly now: () => Date;
}

/** What adding came to. */
export interface AgentsAdded {
  readonly dataset_id: string;
  readonly added: readonly string[];
  readonly agent_workspaces: Readonly<Record<string, string>>;
}

/**
 * Adds workspaces to a published dataset: all of them or, on any failure, none.
 *
 * @throws {DatasetError} When the dataset is missing, no name is given, or a workspace exists.
 */
export async function addAgents(options: AddAgentsOptions): Promise<AgentsAdded> {
  const { agents } = options;
  const id = checkName("a dataset id", options.datasetId);
  if (agents.length === 0) {
    throw new DatasetError("bad_name", "Cannot add workspaces as no name is given");
  }
  const root = resolve(options.root);
  const { base, store } = datasetPaths(root, id);
  if (exists(base) && formOf(join(base, BASE.MANIFEST)) === "compact") {
    throw new DatasetError(
      "form",
      `Cannot add workspaces to "${id}" as it is in compact form: expand it first`,
    );
  }
  for (const path of [base, store]) {
    if (!exists(path)) throw new DatasetError("missing", `Cannot find the dataset: "${path}"`);
  }
  return await withRootLock(root, () => {
    const manifest = readJsonFile(join(store, STORE.MANIFEST), StoreManifest);
    const folder = (agent: string) => join(store, STORE.AGENTS, checkName("a workspace", agent));
    for (const agent of agents) {
      if (!exists(folder(agent))) continue;
      throw new DatasetError("exists", `Cannot add the workspace "${agent}" as it exists`);
    }
    const made: string[] = [];
    try {
      for (const agent of agents) {
        made.push(folder(agent));
        makeWorkspace(folder(agent), join(store, STORE.SEED), id);
      }
      const workspaces = { ...manifest.agent_workspaces, ...workspacePaths(agents) };
      replaceText(
        join(store, STORE.MANIFEST),
        jsonText({ ...manifest, agent_workspaces: workspaces }),
      );
      noteUpdate(join(store, STORE.LOG), options.now());
      return Promise.resolve({ dataset_id: id, added: agents, agent_workspaces: workspaces });
    } catch (error) {
      for (const path of made) removeFolder(path);
      throw error;
    }
  });
}

function replaceText(path: string, text: string): void {
  Deno.writeTextFileSync(`${path}.partial`, text);
  Deno.renameSync(`${path}.partial`, path);
}

/** Notes when workspaces were added last, outside of the manifest. */
function noteUpdate(path: string, now: Date): void {
  const before: unknown = JSON.parse(Deno.readTextFileSync(path));
  const fields = typeof before === "object" && before !== null ? before : {};
  replaceText(path, jsonText({ ...fields, updated_at_utc: now.toISOString() }));
}
