import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeSnapshot } from "./_snapshot.ts";
import { App } from "./app.ts";
import type { ListenOptions } from "./listen.ts";

/** Options of `new Builder()`; relative paths start at `root`. */
export interface BuildOptions {
  /** Project root (default: the working directory). */
  root?: string;
  /** Where bundles are kept (default `_fresh`). */
  outDir?: string;
  /** Static files (default `static`). */
  staticDir?: string;
  /** Islands (default `islands`). */
  islandDir?: string;
  /** Routes (default `routes`). */
  routeDir?: string;
  /** Paths to leave out. */
  ignore?: RegExp[];
}

const KNOWN = ["root", "outDir", "staticDir", "islandDir", "routeDir", "ignore"];

/** Finds routes and islands, bundles the islands, and gives an app the result. */
export class Builder {
  readonly #options: BuildOptions;
  readonly #extraIslands: string[] = [];

  /** @throws {TypeError} When an option is not implemented. */
  constructor(options: BuildOptions = {}) {
    for (const name of Object.keys(options)) {
      if (!KNOWN.includes(name)) {
        throw new TypeError(`Cannot create the builder as an option is not implemented: "${name}"`);
      }
    }
    this.#options = options;
  }

  /** Adds an island outside the island folders, as a path or a `file:` URL. */
  registerIsland(specifier: string): void {
    if (/^(jsr|npm|https?):/.test(specifier)) {
      throw new TypeError(`Cannot register an island that is not a local file: "${specifier}"`);
    }
    this.#extraIslands.push(
      specifier.startsWith("file:") ? fileURLToPath(specifier) : this.#path(specifier),
    );
  }

  /**
   * Builds, and returns a function that gives the build to an app.
   *
   * @param options With `snapshot: "disk"` (the default) the bundle is kept in `outDir`, where later
   * builds of unchanged sources find it; with `"memory"` nothing is written.
   * @throws {BundleError} When the islands cannot be bundled.
   */
  async build(
    options: { mode?: "development" | "production"; snapshot?: "disk" | "memory" } = {},
  ): Promise<<State>(app: App<State>) => void> {
    const mode = options.mode ?? "production";
    const build = await takeSnapshot({
      root: this.#path("."),
      outDir: this.#path(this.#options.outDir ?? "_fresh"),
      staticDir: this.#path(this.#options.staticDir ?? "static"),
      islandDir: this.#path(this.#options.islandDir ?? "islands"),
      routeDir: this.#path(this.#options.routeDir ?? "routes"),
      ignore: this.#options.ignore ?? [],
      extraIslands: this.#extraIslands,
      mode,
      keep: (options.snapshot ?? "disk") === "disk",
      liveReload: mode === "development",
    });
    return (app) => App.applyBuild(app, build);
  }

  /** Builds for development and serves the `app` that the module exports. */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    const applyBuild = await this.build({ mode: "development", snapshot: "memory" });
    const imported = await importApp();
    const app = imported instanceof App ? imported : imported.app;
    applyBuild(app);
    await app.listen(options);
  }

  #path(path: string): string {
    const root = this.#options.root ?? Deno.cwd();
    const base = isAbsolute(root) ? root : join(Deno.cwd(), root);
    return isAbsolute(path) ? path : join(base, path).replace(/(.)\/$/, "$1");
  }
}
