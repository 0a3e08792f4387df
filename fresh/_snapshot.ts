import { getMimeType } from "hono/utils/mime";
import type { ComponentType } from "preact";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildSnapshot, Island, RouteFile, StaticFile } from "./_build.ts";
import { bundleIslands, modulesOf, outputOf } from "./_bundle.ts";
import { hashOf, idOf, isModule, listFiles } from "./_disk.ts";
import { shared } from "./_shared.ts";

/** Folders and settings of a build, all paths absolute. */
export interface BuildPlan {
  readonly root: string;
  readonly outDir: string;
  readonly staticDir: string;
  readonly islandDir: string;
  readonly routeDir: string;
  readonly ignore: readonly RegExp[];
  readonly mode: "development" | "production";
  readonly mustKeep: boolean;
  readonly liveReload: boolean;
}

const EXTRA_TYPES: Readonly<Record<string, string>> = {
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  map: "application/json",
  woff2: "font/woff2",
};

/** Ending of a module that runs in a web worker of an island. */
const WORKER = /_worker\.tsx?$/;

interface FoundIsland {
  readonly path: string;
  readonly exportName: string;
  readonly fn: ComponentType;
}

/** What a module exports. */
type Exports = Readonly<Record<string, unknown>>;

/** The components that the modules of islands export as default or under a capital letter. */
function findIslands(
  paths: readonly string[],
  exportsOf: ReadonlyMap<string, Exports>,
): readonly FoundIsland[] {
  return paths.flatMap((path) =>
    Object.entries(exportsOf.get(path) ?? {})
      .filter(([exportName, fn]) =>
        (exportName === "default" || /^[A-Z]/.test(exportName)) && typeof fn === "function"
      )
      .map(([exportName, fn]) => ({ path, exportName, fn: fn as ComponentType }))
  );
}

function nameOf(plan: BuildPlan, { path, exportName }: FoundIsland): string {
  const id = idOf(plan.root, path);
  return exportName === "default" ? id : `${id}.${exportName}`;
}

/** Loads routes and islands, bundles, hashes the static files, and returns it all. */
export async function takeSnapshot(plan: BuildPlan): Promise<BuildSnapshot> {
  const routePaths = listFiles(plan.routeDir, plan.ignore).filter(isModule);
  const isLocal = (path: string) => idOf(plan.routeDir, path).split("/").includes("(_islands)");
  const islandFiles = listFiles(plan.islandDir, plan.ignore).filter(isModule);
  // Workers are bundled beside the islands, which start them; the server never runs them.
  const workers = islandFiles.filter((path) => WORKER.test(path));
  const islandPaths = [
    ...islandFiles.filter((path) => !WORKER.test(path)),
    ...routePaths.filter(isLocal),
  ];
  const routeFiles = routePaths.filter((path) => !isLocal(path) && isRouteFile(plan, path));
  const exportsOf = await loadAll([...islandPaths, ...routeFiles]);
  const found = findIslands(islandPaths, exportsOf);
  const used = [...new Set(found.map(({ path }) => path))];
  const client = join(import.meta.dirname ?? plan.root, "client.ts");
  const entries = used.length === 0 ? [] : [client, ...used, ...workers];
  const bundle = entries.length === 0
    ? new Map<string, Uint8Array<ArrayBuffer>>()
    : await bundleIslands({
      entries,
      root: plan.root,
      outDir: plan.outDir,
      mode: plan.mode,
      mustKeep: plan.mustKeep,
    });
  const statics = await hashStatics(plan);
  const buildId = await hashOf([
    ...[...bundle].flat(),
    ...[...statics].flatMap(([path, file]) => [path, file.hash]),
  ]);
  shared.buildId = buildId;
  const base = `/_fresh/js/${buildId}/`;
  const urlOf = (output: string) => base + encodeURI(output);
  const needsOf = (output: string) => modulesOf(bundle, output).map(urlOf);
  const islands = new Map<unknown, Island>(found.map((island) => {
    const { path, exportName, fn } = island;
    const output = outputOf(entries, path);
    const name = nameOf(plan, island);
    if (!bundle.has(output)) {
      throw new Error(`Cannot find the bundle of island "${name}": ${output}`);
    }
    return [fn, { name, exportName, fn, url: urlOf(output), needs: needsOf(output) }];
  }));
  const routes: RouteFile[] = routeFiles.map((path) => ({
    id: idOf(plan.routeDir, path),
    exports: exportsOf.get(path) ?? {},
  }));
  return {
    mode: plan.mode,
    buildId,
    routes,
    islands,
    clientUrl: entries.length === 0 ? "" : urlOf(outputOf(entries, client)),
    clientNeeds: entries.length === 0 ? [] : needsOf(outputOf(entries, client)),
    liveReload: plan.liveReload,
    readFile: async (pathname) => {
      if (pathname.startsWith(base)) {
        const path = pathname.slice(base.length);
        const bytes = bundle.get(path);
        return bytes === undefined ? null : await fileOf(path, bytes);
      }
      const file = statics.get(pathname);
      if (plan.mode === "production") return file ?? null;
      return await readStatic(plan.staticDir, join(plan.staticDir, pathname));
    },
  };
}

/** Files below a folder in parentheses with an underscore hold neither routes nor islands. */
function isRouteFile(plan: BuildPlan, path: string): boolean {
  return !idOf(plan.routeDir, path).split("/").some((part) => /^\(_.*\)$/.test(part));
}

/**
 * Loads modules by a module of text that imports them all: every import on demand makes the runtime go
 * through the whole graph of what is loaded, which for one route takes longer than the route.
 */
async function loadAll(paths: readonly string[]): Promise<ReadonlyMap<string, Exports>> {
  const imports = paths.map((path, i) =>
    `import * as m${i} from ${JSON.stringify(pathToFileURL(path).href)};`
  );
  const text = `${imports.join("")}export default [${paths.map((_, i) => `m${i}`)}];`;
  const all = await import(`data:text/javascript,${encodeURIComponent(text)}`) as {
    readonly default: readonly Exports[];
  };
  return new Map(paths.map((path, i) => [path, all.default[i] ?? {}]));
}

async function hashStatics(plan: BuildPlan): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const path of listFiles(plan.staticDir, plan.ignore)) {
    const file = await readStatic(plan.staticDir, path);
    if (file !== null) files.set(`/${relative(plan.staticDir, path).split(sep).join("/")}`, file);
  }
  return files;
}

async function readStatic(folder: string, path: string): Promise<StaticFile | null> {
  if (!resolve(path).startsWith(folder + sep)) return null;
  try {
    const file = await fileOf(path, await Deno.readFile(path));
    return { ...file, bytes: () => Deno.readFile(path) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.IsADirectory) {
      return null;
    }
    if (error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

async function fileOf(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<StaticFile> {
  const extension = path.split(".").at(-1) ?? "";
  return {
    hash: await hashOf([bytes]),
    contentType: EXTRA_TYPES[extension] ?? getMimeType(path) ?? "application/octet-stream",
    size: bytes.length,
    bytes: () => Promise.resolve(bytes),
  };
}
