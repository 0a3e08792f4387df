import { Hono } from "hono";
import type { BuildSnapshot } from "./_build.ts";
import {
  covers,
  routeMethods,
  runChain,
  runRoute,
  scopeSteps,
  type Step,
  toStep,
} from "./_chain.ts";
import { type Command, fileCommands, urlScope } from "./_commands.ts";
import { LIVE_RELOAD_PATH, liveReloadResponse } from "./_live_reload.ts";
import {
  comparePatterns,
  type CompiledPattern,
  compilePattern,
  splitPattern,
} from "./_patterns.ts";
import { Context, type WebSocketHandlers, type WebSocketUpgradeOptions } from "./context.ts";
import { HttpError } from "./error.ts";
import { listen, type ListenOptions } from "./listen.ts";
import type {
  FreshConfig,
  LayoutConfig,
  MaybeLazy,
  Method,
  Middleware,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
  RouteConfig,
} from "./types.ts";

type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;
type Endpoints<State> = Map<Method | "ALL", Step<State>[]>;

const LOCAL: Deno.NetAddr = { transport: "tcp", hostname: "localhost", port: 8080 };

/** Routes, middlewares, layouts and error pages of one web application. */
export class App<State = unknown> {
  /** The configuration in force. */
  config: ResolvedFreshConfig;
  #commands: Command<State>[] = [];
  #build: BuildSnapshot | null = null;

  /** @throws {TypeError} When `basePath` is set, which is not implemented. */
  constructor(config: FreshConfig = {}) {
    if (config.basePath) {
      throw new TypeError(
        `Cannot create the app as basePath is not implemented: "${config.basePath}"`,
      );
    }
    this.config = { root: ".", basePath: "", mode: config.mode ?? "production" };
  }

  /** Gives the app its build; used by the function that `Builder.build()` returns. */
  static applyBuild<S>(app: App<S>, build: BuildSnapshot): void {
    app.config = { ...app.config, root: build.root, mode: build.mode };
    app.#build = build;
  }

  /** Adds middlewares everywhere, or below a path; they apply to what is added after them. */
  use(...middleware: MaybeLazy<Middleware<State>>[]): this;
  use(path: string, ...middleware: MaybeLazy<Middleware<State>>[]): this;
  use(
    first: string | MaybeLazy<Middleware<State>>,
    ...rest: MaybeLazy<Middleware<State>>[]
  ): this {
    const path = typeof first === "string" ? first : "*";
    const fns = typeof first === "string" ? rest : [first, ...rest];
    for (const fn of fns) this.#commands.push({ type: "middleware", scope: urlScope(path), fn });
    return this;
  }

  /** Sets what answers when nothing else does, or when a 404 is thrown. */
  notFound(route: Route<State> | Middleware<State>): this {
    this.#commands.push({ type: "notFound", route });
    return this;
  }

  /** Sets what answers when something below the path throws. */
  onError(path: string, route: Route<State> | Middleware<State>): this {
    this.#commands.push({ type: "error", scope: urlScope(path), route });
    return this;
  }

  /** Sets the component that draws the document around every page. */
  appWrapper(component: RouteComponent<State>): this {
    this.#commands.push({ type: "app", scope: urlScope("*"), component });
    return this;
  }

  /** Adds a layout around the pages below a path. */
  layout(path: string, component: RouteComponent<State>, config: LayoutConfig = {}): this {
    this.#commands.push({ type: "layout", scope: urlScope(path), component, config });
    return this;
  }

  /** Adds a route with a component, handlers, or both. */
  route(path: string, route: MaybeLazy<Route<State>>, config?: RouteConfig): this {
    this.#commands.push({ type: "route", pattern: path, route, config, folder: null });
    return this;
  }

  /** Answers GET (and HEAD) requests at the path. */
  get(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("GET", path, fns);
  }

  /** Answers POST requests at the path. */
  post(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("POST", path, fns);
  }

  /** Answers PATCH requests at the path. */
  patch(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("PATCH", path, fns);
  }

  /** Answers PUT requests at the path. */
  put(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("PUT", path, fns);
  }

  /** Answers DELETE requests at the path. */
  delete(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("DELETE", path, fns);
  }

  /** Answers HEAD requests at the path. */
  head(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("HEAD", path, fns);
  }

  /** Answers requests of every method at the path. */
  all(path: string, ...fns: MaybeLazy<Middleware<State>>[]): this {
    return this.#on("ALL", path, fns);
  }

  /** Upgrades requests at the path to WebSockets. */
  ws(path: string, handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Inserts the routes of the build's routes folder here, below a path if one is given. */
  fsRoutes(pattern: string = "*"): this {
    this.#commands.push({ type: "files", pattern });
    return this;
  }

  /** Inserts what another app was told, below a path. */
  mountApp(path: string, app: App<State>): this {
    const base = path.replace(/\/?\*?$/, "");
    const join = (pattern: string) =>
      pattern === "*" ? `${base}/*` : (base + pattern).replace(/(.)\/$/, "$1");
    const prefix = splitPattern(base);
    for (const command of app.#commands) {
      if ("pattern" in command) {
        this.#commands.push({ ...command, pattern: join(command.pattern) });
      } else if ("scope" in command && command.type !== "app") {
        const segments = [...prefix, ...command.scope.segments];
        this.#commands.push({ ...command, scope: { ...command.scope, segments } });
      } else this.#commands.push(command);
    }
    return this;
  }

  /**
   * Returns the function that answers requests, for `Deno.serve` or tests.
   *
   * @throws {Error} When `fsRoutes()` was called and no build was applied.
   */
  handler(): Handler {
    const { endpoints, root } = this.#resolve();
    const hono = new Hono<{ Bindings: { info: Deno.ServeHandlerInfo } }>({
      getPath: (req) => cleanUrl(req).pathname,
    });
    const routes = [...endpoints.values()].sort((a, b) => comparePatterns(a.compiled, b.compiled));
    for (const { compiled, methods } of routes) {
      for (const path of compiled.paths) {
        hono.all(path, async (c, next) => {
          let params: Record<string, string> = c.req.param() as Record<string, string>;
          if (compiled.check !== null) {
            const match = compiled.check.exec(cleanUrl(c.req.raw));
            if (match === null) return await next();
            params = decodeGroups(match.pathname.groups);
          }
          return await this.#answer(c.req.raw, c.env.info, root, { compiled, methods }, params);
        });
      }
    }
    hono.all("*", (c) => this.#answer(c.req.raw, c.env.info, root, null, {}));
    const local = { remoteAddr: LOCAL, completed: Promise.resolve() };
    return async (request, info = local) => {
      if (this.#build?.liveReload && new URL(request.url).pathname === LIVE_RELOAD_PATH) {
        return liveReloadResponse();
      }
      return await hono.fetch(request, { info });
    };
  }

  /** Serves the app; without a port it takes the first free one from 8000 to 8019. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), options);
  }

  #on(method: Method | "ALL", pattern: string, fns: MaybeLazy<Middleware<State>>[]): this {
    this.#commands.push({ type: "handler", method, pattern, fns, folder: null });
    return this;
  }

  #resolve() {
    const commands = this.#commands.flatMap((command) => {
      if (command.type !== "files") return [command];
      if (this.#build === null) {
        throw new Error(
          "Cannot use fsRoutes() without a build: apply the result of `new Builder().build()`",
        );
      }
      return fileCommands<State>(this.#build.routes, command.pattern.replace(/\/?\*$/, ""));
    });
    const notFound = commands.findLast((c) => c.type === "notFound")?.route ?? null;
    const endpoints = new Map<
      string,
      { compiled: CompiledPattern; methods: Endpoints<State> }
    >();
    const seen: Command<State>[] = [];
    for (const command of commands) {
      if (command.type !== "handler" && command.type !== "route") {
        seen.push(command);
        continue;
      }
      const url = splitPattern(command.pattern.replace(/\/?\*$/, ""));
      const above = seen.filter((c) => "scope" in c && covers(c.scope, url, command.folder));
      const steps = scopeSteps(above, notFound);
      const entry = endpoints.get(command.pattern) ??
        { compiled: compilePattern(command.pattern), methods: new Map() };
      endpoints.set(command.pattern, entry);
      const [methods, own] = ownSteps(command);
      for (const method of methods) {
        if (!entry.methods.has(method)) entry.methods.set(method, [...steps, ...own]);
      }
    }
    const everywhere = seen.filter((c) => "scope" in c && c.scope.segments.length === 0);
    return { endpoints, root: scopeSteps(everywhere, notFound) };
  }

  async #answer(
    req: Request,
    info: Deno.ServeHandlerInfo,
    root: readonly Step<State>[],
    entry: { compiled: CompiledPattern; methods: Endpoints<State> } | null,
    params: Record<string, string>,
  ): Promise<Response> {
    const method = req.method as Method;
    const steps = entry === null
      ? undefined
      : entry.methods.get(method) ?? (method === "HEAD" ? entry.methods.get("GET") : undefined) ??
        entry.methods.get("ALL");
    const allow = entry === null || steps !== undefined ? null : allowed(entry.methods);
    const ctx = new Context<State>({
      req,
      url: cleanUrl(req),
      info,
      route: entry?.compiled.pattern ?? null,
      params,
      config: this.config,
      next: () => Promise.resolve(lastResort(method, allow)),
      build: this.#build,
    });
    let response: Response;
    try {
      response = await runChain(ctx, steps ?? root);
    } catch (error) {
      response = plainError(error);
    }
    if (allow !== null && response.status === 405 && !response.headers.has("allow")) {
      response = new Response(response.body, response);
      response.headers.set("allow", allow.join(", "));
    }
    return method === "HEAD" ? new Response(null, response) : response;
  }
}

function ownSteps<State>(
  command: Extract<Command<State>, { type: "handler" | "route" }>,
): [(Method | "ALL")[], Step<State>[]] {
  if (command.type === "handler") return [[command.method], command.fns.map(toStep)];
  const { route, config } = command;
  if (typeof route !== "function") {
    const merged = config === undefined ? route : { ...route, config };
    return [routeMethods(route), [(ctx) => runRoute(ctx, merged)]];
  }
  const methods = config?.methods === undefined || config.methods === "ALL"
    ? ["ALL" as const]
    : config.methods;
  return [methods, [async (ctx) => await runRoute(ctx, await route())]];
}

function allowed<State>(methods: Endpoints<State>): string[] {
  const names = new Set<string>(methods.keys());
  if (names.has("GET")) names.add("HEAD");
  return [...names, "OPTIONS"].filter((name, i, all) => all.indexOf(name) === i).sort();
}

function lastResort(method: Method, allow: readonly string[] | null): Response {
  if (allow === null) throw new HttpError(404);
  if (method !== "OPTIONS") throw new HttpError(405);
  return new Response(null, { status: 204, headers: { allow: allow.join(", ") } });
}

function plainError(error: unknown): Response {
  const known = error instanceof HttpError;
  if (!known || error.status >= 500) console.error(error);
  const status = known ? error.status : 500;
  const text = known && error.message !== "" ? error.message : STATUS_TEXT[status] ?? "Error";
  return new Response(text, { status });
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  500: "Internal server error",
};

/** URL of a request with runs of slashes in its path made one. */
function cleanUrl(req: Request): URL {
  const url = new URL(req.url);
  if (url.pathname.includes("//")) url.pathname = url.pathname.replace(/\/+/g, "/");
  return url;
}

function decodeGroups(groups: Record<string, string | undefined>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [key, value] of Object.entries(groups)) {
    if (value === undefined) continue;
    try {
      params[key] = decodeURIComponent(value);
    } catch {
      params[key] = value;
    }
  }
  return params;
}
