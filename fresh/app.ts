import type { BuildSnapshot } from "./_build.ts";
import type { Command } from "./_commands.ts";
import { makeHandler, type RequestHandler } from "./_dispatch.ts";
import { patternScope } from "./_patterns.ts";
import type { RouteComponent } from "./context.ts";
import type { Middleware } from "./handlers.ts";
import type { Method } from "./types.ts";

/** Gives an app its build; for the function that `Builder.build()` returns. */
export let applyBuild: <State>(app: App<State>, build: BuildSnapshot) => void;

/** Routes, middlewares and pages of one web application. */
export class App<State = unknown> {
  static {
    applyBuild = (app, build) => {
      app.#build = build;
    };
  }
  readonly #commands: Command<State>[] = [];
  #build: BuildSnapshot | null = null;

  /** Adds a middleware everywhere; it applies to what is added after it. */
  use(fn: Middleware<State>): this {
    this.#commands.push({ type: "middleware", scope: [], fn });
    return this;
  }

  /** Sets the component that draws the document around every page. */
  appWrapper(component: RouteComponent<State>): this {
    this.#commands.push({ type: "app", scope: [], component });
    return this;
  }

  /** Answers GET (and HEAD) requests at the path. */
  get(path: string, fn: Middleware<State>): this {
    return this.#on("GET", path, fn);
  }

  /** Answers POST requests at the path. */
  post(path: string, fn: Middleware<State>): this {
    return this.#on("POST", path, fn);
  }

  /** Answers requests of every method at the path. */
  all(path: string, fn: Middleware<State>): this {
    return this.#on("ALL", path, fn);
  }

  /** Inserts the routes of the build's routes folder here. */
  fsRoutes(): this {
    this.#commands.push({ type: "files" });
    return this;
  }

  /**
   * Returns the function that answers requests, for `Deno.serve` or tests.
   *
   * @throws {Error} When `fsRoutes()` was called and no build was applied.
   */
  handler(): RequestHandler {
    return makeHandler(this.#commands, this.#build);
  }

  #on(method: Method | "ALL", pattern: string, run: Middleware<State>): this {
    const scope = patternScope(pattern);
    this.#commands.push({ type: "route", scope, pattern, methods: [method], run });
    return this;
  }
}
