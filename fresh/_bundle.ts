import { basename, dirname, join, posix, relative, sep } from "node:path";
import { hashOf, hashSources, projectFolder } from "./_disk.ts";

/** Browser modules by their path below the bundle's URL. */
export type Bundle = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** What is to be bundled. */
export interface BundleRequest {
  /** Entry modules, absolute paths. */
  readonly entries: readonly string[];
  /** Project root. */
  readonly root: string;
  /** Where bundles are kept. */
  readonly outDir: string;
  readonly mode: "development" | "production";
  /** Fail when the bundle cannot be kept for the next start. */
  readonly mustKeep: boolean;
}

/** Thrown when the islands cannot be bundled; the message lists what the bundler said. */
export class BundleError extends Error {
  override readonly name: string = "BundleError";
  readonly code = "FRESH_BUNDLE";
}

const KEPT_PREFIX = "islands-";
const STATIC_IMPORT = /\b(?:from|import)\s*"(\.[^"]+)"/g;

/**
 * Returns the bundle of the entries, from disk when the sources are unchanged.
 *
 * @throws {BundleError} When the bundler fails or the project compiles JSX in a way that browsers
 * cannot hydrate.
 */
export async function bundleIslands(request: BundleRequest): Promise<Bundle> {
  const { entries, root, outDir, mode, mustKeep } = request;
  const project = await projectFolder(root);
  await checkJsx(project);
  const named = [...new Set([project, root, import.meta.dirname ?? root])];
  const folders = named.filter((folder) => !named.some((other) => folder.startsWith(other + sep)) // is read with the other one
  );
  const sources = await hashSources(folders, outDir);
  const names = entries.map((entry) => relative(project, entry));
  const key = await hashOf([sources, mode, Deno.version.deno, ...names]);
  const folder = join(outDir, KEPT_PREFIX + key);
  const kept = await readKept(folder);
  if (kept !== null) return kept;
  const bundle = await runBundler(entries, outDir, mode);
  // A bundle for development is one of many, and would push out that for production.
  if (mustKeep || mode === "production") {
    await writeKept(outDir, folder, bundle).catch((error) => {
      if (mustKeep) throw error;
    });
  }
  return bundle;
}

/** Path below the bundle's URL of the module made from an entry. */
export function outputOf(entries: readonly string[], entry: string): string {
  let base = dirname(entry);
  while (!entries.every((other) => other.startsWith(base === sep ? sep : base + sep))) {
    base = dirname(base);
  }
  return relative(base, entry).split(sep).join("/").replace(/\.\w+$/, ".js");
}

/**
 * Modules that a module of the bundle needs before it can run, itself first: it and all that it imports
 * other than on demand.
 */
export function modulesOf(bundle: Bundle, path: string): readonly string[] {
  const found = new Set([path]);
  const text = new TextDecoder();
  for (const at of found) {
    // As the bundler writes imports; a text that looks like one costs a request too many at most.
    for (const [, name = ""] of text.decode(bundle.get(at)).matchAll(STATIC_IMPORT)) {
      const needed = posix.join(posix.dirname(at), name);
      if (bundle.has(needed)) found.add(needed);
    }
  }
  return [...found];
}

async function runBundler(
  entries: readonly string[],
  outDir: string,
  mode: "development" | "production",
): Promise<Bundle> {
  if (typeof Deno.bundle !== "function") {
    throw new BundleError('Cannot bundle the islands: add "bundle" to "unstable" in deno.json');
  }
  let result: Deno.bundle.Result;
  try {
    result = await Deno.bundle({
      entrypoints: [...entries],
      outputDir: outDir,
      platform: "browser",
      format: "esm",
      codeSplitting: true,
      minify: mode === "production",
      write: false,
      ...(mode === "development" ? { sourcemap: "linked" as const } : {}),
    });
  } catch (cause) {
    throw new BundleError(`Cannot bundle the islands: ${String(cause)}`, { cause });
  }
  if (!result.success || result.errors.length > 0) {
    const lines = result.errors.map((e) =>
      e.location ? `${e.location.file}:${e.location.line}: ${e.text}` : e.text
    );
    throw new BundleError(`Cannot bundle the islands: ${lines.join("\n")}`);
  }
  const bundle = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of result.outputFiles ?? []) {
    const path = relative(outDir, file.path).split(sep).join("/");
    bundle.set(path, file.contents ?? new TextEncoder().encode(file.text()));
  }
  return bundle;
}

/** The bundler follows deno.json, and precompiled JSX is text that only a server can draw. */
async function checkJsx(project: string): Promise<void> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    let text: string;
    try {
      text = await Deno.readTextFile(join(project, name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw error;
    }
    if (/"jsx"\s*:\s*"precompile"/.test(text)) {
      throw new BundleError(
        `Cannot bundle the islands as precompiled JSX does not run in browsers: ` +
          `set "jsx" to "react-jsx" in ${name}`,
      );
    }
  }
}

async function readKept(folder: string): Promise<Bundle | null> {
  try {
    const manifest: unknown = JSON.parse(await Deno.readTextFile(join(folder, "manifest.json")));
    if (!Array.isArray(manifest)) return null;
    const bundle = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const [i, path] of manifest.entries()) {
      bundle.set(String(path), await Deno.readFile(join(folder, `${i}.bin`)));
    }
    return bundle;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    if (error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

/** Keeps a bundle in place of older ones; another process may do the same at the same time. */
async function writeKept(outDir: string, folder: string, bundle: Bundle): Promise<void> {
  await Deno.mkdir(outDir, { recursive: true });
  const draft = await Deno.makeTempDir({ dir: outDir, prefix: "draft-" });
  const paths = [...bundle.keys()];
  for (const [i, path] of paths.entries()) {
    await Deno.writeFile(join(draft, `${i}.bin`), bundle.get(path) ?? new Uint8Array());
  }
  await Deno.writeTextFile(join(draft, "manifest.json"), JSON.stringify(paths));
  try {
    await Deno.rename(draft, folder); // whole or absent: a start never reads half a bundle
  } catch (error) {
    await Deno.remove(draft, { recursive: true });
    if (await readKept(folder) === null) throw error;
  }
  for await (const { name } of Deno.readDir(outDir)) {
    if (!name.startsWith(KEPT_PREFIX) || name === basename(folder)) continue;
    await Deno.remove(join(outDir, name), { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
