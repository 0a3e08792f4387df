import type { RouteFile } from "./_build.ts";
import { runRoute, type Step } from "./_chain.ts";
import { fileToPattern } from "./_patterns.ts";
import type { RouteComponent } from "./context.ts";
import { isHandlerByMethod, type Middleware, type Route, type RouteHandler } from "./handlers.ts";
import type { LayoutConfig, Method, RouteConfig } from "./types.ts";

/** Where something applies: names of folders, groups included, or segments of a URL pattern. */
export type Scope = readonly string[];

/** One thing that an app was told, in the order it was told. */
export type Command<State> =
  | { readonly type: "middleware"; readonly scope: Scope; readonly fn: Middleware<State> }
  | { readonly type: "app"; readonly scope: Scope; readonly component: RouteComponent<State> }
  | {
    readonly type: "layout";
    readonly scope: Scope;
    readonly component: RouteComponent<State>;
    readonly config: LayoutConfig;
  }
  | { readonly type: "error"; readonly scope: Scope; readonly route: Route<State> }
  | { readonly type: "notFound"; readonly route: Route<State> }
  | {
    readonly type: "route";
    readonly scope: Scope;
    readonly pattern: string;
    readonly methods: readonly (Method | "ALL")[];
    readonly run: Step<State>;
  }
  | { readonly type: "files" };

const UNSUPPORTED_EXPORTS = ["css", "useCsp", "plugins"];
const CONFIG_KEYS = ["routeOverride", "skipInheritedLayouts", "skipAppWrapper"];

/**
 * Returns the commands of the files under the routes folder: specials first, then routes.
 *
 * @throws {TypeError} When a file exports something that is not implemented or is of a wrong type.
 */
export function fileCommands<State>(files: readonly RouteFile[]): Command<State>[] {
  const specials: Command<State>[] = [];
  const routes: Command<State>[] = [];
  for (const file of files) {
    const parts = file.id.split("/");
    const name = parts.at(-1) ?? "";
    const scope: Scope = parts.slice(0, -1);
    checkExports(file);
    if (name.startsWith("_")) {
      specials.push(...specialCommands<State>(file, name, scope));
      continue;
    }
    const route = toRoute<State>(file);
    routes.push({
      type: "route",
      scope,
      pattern: route.config?.routeOverride ?? fileToPattern(file.id),
      methods: methodsOf(route),
      run: (ctx) => runRoute(ctx, route),
    });
  }
  return [...specials, ...routes];
}

function specialCommands<State>(file: RouteFile, name: string, scope: Scope): Command<State>[] {
  const { exports, id } = file;
  const component = exports.default as RouteComponent<State> | undefined;
  switch (name) {
    case "_middleware": {
      const given = exports.handler ?? exports.handlers ?? exports.default;
      const fns = Array.isArray(given) ? given : [given];
      return fns.map((fn: unknown) => {
        if (typeof fn !== "function") {
          throw new TypeError(`Cannot use "${id}" as it exports no middleware function`);
        }
        return { type: "middleware", scope, fn: fn as Middleware<State> };
      });
    }
    case "_app":
      if (scope.length > 0 || component === undefined) break;
      return [{ type: "app", scope, component }];
    case "_layout":
      if (component === undefined) break;
      return [{ type: "layout", scope, component, config: (exports.config ?? {}) as LayoutConfig }];
    case "_error":
      return [{ type: "error", scope, route: toRoute<State>(file) }];
    case "_404":
      if (scope.some((folder) => !/^\(.*\)$/.test(folder))) break;
      return [{ type: "notFound", route: toRoute<State>(file) }];
  }
  throw new TypeError(`Cannot use the special route file here or as it stands: "${id}"`);
}

function toRoute<State>(file: RouteFile): Route<State> {
  const { exports, id } = file;
  const route: Route<State> = {};
  const handler = exports.handlers ?? exports.handler;
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

/** Methods that a route answers by itself; `"ALL"` for every one. */
function methodsOf<State>(route: Route<State>): (Method | "ALL")[] {
  if (typeof route.handler === "function") return ["ALL"];
  const methods = new Set<Method>(Object.keys(route.handler ?? {}) as Method[]);
  if (route.component !== undefined) methods.add("GET");
  return [...methods];
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
