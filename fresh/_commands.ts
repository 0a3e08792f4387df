import { isHandlerByMethod } from "./handlers.ts";
import { splitPattern } from "./_patterns.ts";
import type { RouteFile } from "./_build.ts";
import { fileToPattern } from "./_patterns.ts";
import type {
  LayoutConfig,
  MaybeLazy,
  Method,
  Middleware,
  Route,
  RouteComponent,
  RouteConfig,
  RouteHandler,
} from "./types.ts";

/** Where something applies: below a URL pattern, or below a folder of route files. */
export interface Scope {
  /** Segments of the URL pattern or of the folder. */
  readonly segments: readonly string[];
  /** True when `segments` are folder names, groups included. */
  readonly files: boolean;
}

/** One thing that an app was told, in the order it was told. */
export type Command<State> =
  | {
    readonly type: "middleware";
    readonly scope: Scope;
    readonly fn: MaybeLazy<Middleware<State>>;
  }
  | { readonly type: "app"; readonly scope: Scope; readonly component: RouteComponent<State> }
  | {
    readonly type: "layout";
    readonly scope: Scope;
    readonly component: RouteComponent<State>;
    readonly config: LayoutConfig;
  }
  | {
    readonly type: "error";
    readonly scope: Scope;
    readonly route: Route<State> | Middleware<State>;
  }
  | { readonly type: "notFound"; readonly route: Route<State> | Middleware<State> }
  | {
    readonly type: "handler";
    readonly method: Method | "ALL";
    readonly pattern: string;
    readonly fns: readonly MaybeLazy<Middleware<State>>[];
    readonly folder: readonly string[] | null;
  }
  | {
    readonly type: "route";
    readonly pattern: string;
    readonly route: MaybeLazy<Route<State>>;
    readonly config: RouteConfig | undefined;
    readonly folder: readonly string[] | null;
  }
  | { readonly type: "files"; readonly pattern: string };

/** The scope of a URL pattern; `"*"` and `"/"` are everywhere. */
export function urlScope(pattern: string): Scope {
  const path = pattern.replace(/\/?\*$/, "");
  return { segments: splitPattern(path), files: false };
}

const UNSUPPORTED_EXPORTS = ["css", "useCsp", "plugins"];
const CONFIG_KEYS = ["routeOverride", "skipInheritedLayouts", "skipAppWrapper", "methods"];

/**
 * Returns the commands of the files under the routes folder: specials first, then routes.
 *
 * @throws {TypeError} When a file exports something that is not implemented or is of a wrong type.
 */
export function fileCommands<State>(files: readonly RouteFile[], prefix: string): Command<State>[] {
  const specials: Command<State>[] = [];
  const routes: Command<State>[] = [];
  const owners = new Map<string, string>();
  for (const file of files) {
    const parts = file.id.split("/");
    const name = parts.at(-1) ?? "";
    const folder = parts.slice(0, -1);
    const scope: Scope = { segments: folder, files: true };
    checkExports(file);
    if (name.startsWith("_")) {
      specials.push(...specialCommands<State>(file, name, scope));
      continue;
    }
    const route = toRoute<State>(file);
    const own = route.config?.routeOverride ?? fileToPattern(file.id);
    const pattern = prefix === "" ? own : prefix + (own === "/" ? "" : own);
    const owner = owners.get(pattern);
    if (owner !== undefined) {
      throw new TypeError(
        `Cannot route "${pattern}" as two files claim it: "${owner}", "${file.id}"`,
      );
    }
    owners.set(pattern, file.id);
    routes.push({ type: "route", pattern, route, config: route.config, folder });
  }
  return [...specials, ...routes];
}

function specialCommands<State>(file: RouteFile, name: string, scope: Scope): Command<State>[] {
  const { exports, id } = file;
  const component = exports.default as RouteComponent<State> | undefined;
  switch (name) {
    case "_middleware": {
      const given = exports.default ?? exports.handler ?? exports.handlers;
      const fns = Array.isArray(given) ? given : [given];
      return fns.map((fn: unknown) => {
        if (typeof fn !== "function") {
          throw new TypeError(`Cannot use "${id}" as it exports no middleware function`);
        }
        return { type: "middleware", scope, fn: fn as Middleware<State> };
      });
    }
    case "_app":
      if (scope.segments.length > 0) break;
      if (component === undefined) break;
      return [{ type: "app", scope, component }];
    case "_layout": {
      if (component === undefined) break;
      return [{ type: "layout", scope, component, config: (exports.config ?? {}) as LayoutConfig }];
    }
    case "_error":
      return [{ type: "error", scope, route: toRoute<State>(file) }];
    case "_404":
      if (scope.segments.some((s) => !/^\(.*\)$/.test(s))) break;
      return [{ type: "notFound", route: toRoute<State>(file) }];
  }
  throw new TypeError(`Cannot use the special route file here or as it stands: "${id}"`);
}

function toRoute<State>(file: RouteFile): Route<State> {
  const { exports, id } = file;
  const route: Route<State> = {};
  const handler = exports.handler ?? exports.handlers;
  if (handler !== undefined) {
    if (
      typeof handler !== "function" && !isHandlerByMethod(handler as RouteHandler<unknown, State>)
    ) {
      throw new TypeError(`Cannot use "${id}" as its handler is neither function nor object`);
    }
    route.handler = handler as RouteHandler<unknown, State>;
  }
  if (exports.default !== undefined) route.component = exports.default as RouteComponent<State>;
  if (exports.config !== undefined) route.config = exports.config as RouteConfig;
  if (route.handler === undefined && route.component === undefined) {
    throw new TypeError(`Cannot use "${id}" as it exports neither a component nor a handler`);
  }
  return route;
}

function checkExports(file: RouteFile): void {
  for (const name of UNSUPPORTED_EXPORTS) {
    if (name in file.exports) {
      throw new TypeError(`Cannot use "${file.id}" as this export is not implemented: "${name}"`);
    }
  }
  const config = file.exports.config;
  if (typeof config !== "object" || config === null) return;
  for (const key of Object.keys(config)) {
    if (!CONFIG_KEYS.includes(key)) {
      throw new TypeError(`Cannot use "${file.id}" as this config is not implemented: "${key}"`);
    }
  }
}
