import type { BuildSnapshot } from "./_build.ts";
import { type Command, urlScope } from "./_commands.ts";
import { makeHandler, type RequestHandler } from "./_dispatch.ts";
import { splitPattern } from "./_patterns.ts";
import type { WebSocketHandlers, WebSocketUpgradeOptions } from "./context.ts";
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
  handler(): RequestHandler {
    return makeHandler(this.#commands, this.#build, this.config);
  }

  /** Serves the app; without a port it takes the first free one from 8000 to 8019. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), options);
  }

  #on(method: Method | "ALL", pattern: string, fns: MaybeLazy<Middleware<State>>[]): this {
    this.#commands.push({ type: "handler", method, pattern, fns, folder: null });
    return this;
  }
}
