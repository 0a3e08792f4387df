import { dirname, join, resolve } from "node:path";
import type { Config } from "../../config.ts";

/** The settings that name files and folders. */
export type PathSettings = Pick<
  Config,
  "dataDir" | "feed" | "samples" | "instrument" | "instrumentConfigPath" | "latencyFile"
>;

/** Where the page's scripts are kept from one start to the next. */
const BUNDLES = "_fresh";

/** Folders and files that a process may read, and those that it may write; absolute paths. */
export interface FileAccess {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/**
 * What the terminal has to reach on disk: its own code and bundles, its data, and the files that settings name.
 * The folder of a replayed file is in it, as the page offers the files beside it.
 *
 * @param root Folder of the project.
 * @param base Folder that relative paths in settings start from.
 */
export function fileAccess(settings: PathSettings, root: string, base: string): FileAccess {
  const at = (path: string) => resolve(base, path);
  const { dataDir, feed, samples, instrument, instrumentConfigPath, latencyFile } = settings;
  const named = [samples, instrumentConfigPath, instrument].filter((path) => path !== "").map(at);
  if (feed !== "synthetic") named.push(dirname(at(feed)));
  const written = [at(dataDir), join(root, BUNDLES)];
  if (latencyFile !== "") written.push(at(latencyFile));
  return { read: [...new Set([root, ...written, ...named])], write: written };
}

/**
 * Flags of `deno run` that let the terminal do its work and nothing else: no other process, no native
 * code, no code from elsewhere, no files but those of {@link fileAccess}.
 *
 * @throws {PathError} When a path has a comma in it, which the runtime takes for the end of a path.
 */
export function permissionFlags(access: FileAccess): readonly string[] {
  return [
    "--no-prompt",
    "--allow-net",
    "--allow-env",
    "--allow-sys=homedir,statfs",
    `--allow-read=${list(access.read)}`,
    `--allow-write=${list(access.write)}`,
    "--deny-run",
    "--deny-ffi",
    "--deny-import",
  ];
}

/** A path that the flags of the runtime cannot name. The message is one line for the operator. */
export class PathError extends RangeError {
  override readonly name = "PathError";
  readonly code = "bad_path";
}

function list(paths: readonly string[]): string {
  const bad = paths.find((path) => path.includes(","));
  if (bad !== undefined) {
    throw new PathError(`Cannot allow a path with a comma in it: ${JSON.stringify(bad)}`);
  }
  return paths.join(",");
}
