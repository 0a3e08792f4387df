import { join } from "node:path";
import { STORE } from "./research_root.ts";

/** Name of the dataset's base in a workspace: a link that holds wherever the root is moved. */
const BASE_LINK = "base_immutable";
const COPY = "projection_experiment.parquet";

/** The workspaces of a store, as manifests list them. */
export function workspacePaths(agents: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(agents.map((agent) => [agent, `${STORE.AGENTS}/${agent}`]));
}

/** Makes a workspace: the link to the base, a writable copy of the projections, a folder for results. */
export function makeWorkspace(folder: string, seed: string, id: string): void {
  const data = join(folder, "data");
  Deno.mkdirSync(data, { recursive: true });
  Deno.mkdirSync(join(folder, "outputs"));
  Deno.symlinkSync(`../../../../../vp_immutable/${id}`, join(data, BASE_LINK), { type: "dir" });
  const copy = join(data, COPY);
  Deno.copyFileSync(seed, copy);
  Deno.chmodSync(copy, 0o644);
}
