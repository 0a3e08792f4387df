import { isAbsolute, join } from "node:path";
import { TEST_FILE } from "./_disk.ts";
import { takeSnapshot } from "./_snapshot.ts";
import { type App, applyBuild } from "./app.ts";

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
  /** Paths to leave out, in place of the default, which is tests. */
  ignore?: RegExp[];
}

/** Finds routes and islands, bundles the islands, and gives an app the result. */
export class Builder {
  readonly #options: BuildOptions;

  constructor(options: BuildOptions = {}) {
    this.#options = options;
  }

  /**
   * Builds, and returns a function that gives the build to an app.
   *
   * @param options A bundle for production is kept in `outDir`, where later builds of unchanged
   * sources find it. With `snapshot: "disk"` (the default) the build fails where it cannot be kept.
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
      ignore: this.#options.ignore ?? [TEST_FILE],
      mode,
      mustKeep: (options.snapshot ?? "disk") === "disk",
      liveReload: mode === "development",
    });
    return (app) => applyBuild(app, build);
  }

  #path(path: string): string {
    const root = this.#options.root ?? Deno.cwd();
    const base = isAbsolute(root) ? root : join(Deno.cwd(), root);
    return isAbsolute(path) ? path : join(base, path).replace(/(.)\/$/, "$1");
  }
}
