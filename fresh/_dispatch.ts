import { Hono } from "hono";
import type { BuildSnapshot } from "./_build.ts";
import { boundary, runChain, type Step } from "./_chain.ts";
import { type Command, fileCommands, type Scope } from "./_commands.ts";
import { LIVE_RELOAD_PATH, liveReloadResponse } from "./_live_reload.ts";
import { comparePatterns, type CompiledPattern, compilePattern } from "./_patterns.ts";
import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import { renderDocument } from "./render.ts";
import type { Method } from "./types.ts";

/** Answers one request; `info` carries the addresses of the connection. */
export type RequestHandler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

/** What a URL pattern leads to: the steps of every method. */
interface Endpoint<State> {
  readonly compiled: CompiledPattern;
  readonly methods: Map<Method | "ALL", Step<State>[]>;
}

const LOCAL: Deno.NetAddr = { transport: "tcp", hostname: "localhost", port: 8080 };

/**
 * Returns the function that answers requests as the commands say.
 *
 * @throws {Error} When a command asks for file routes and there is no build.
 */
export function makeHandler<State>(
  commands: readonly Command<State>[],
  build: BuildSnapshot | null,
): RequestHandler {
  const { endpoints, root } = resolveCommands(commands, build);
  const hono = new Hono<{ Bindings: { info: Deno.ServeHandlerInfo } }>({
    getPath: (req) => cleanUrl(req).pathname,
  });
  const answer = async (
    req: Request,
    info: Deno.ServeHandlerInfo,
    endpoint: Endpoint<State> | null,
    params: Record<string, string>,
  ): Promise<Response> => {
    const method = req.method as Method;
    const steps = endpoint === null ? undefined : stepsOf(endpoint, method);
    const allow = endpoint === null || steps !== undefined ? null : allowed(endpoint);
    const ctx = new Context<State>({
      req,
      url: cleanUrl(req),
      info,
      route: endpoint?.compiled.pattern ?? null,
      params,
      next: async () => await lastResort(method, allow),
      build,
      render: renderDocument,
    });
    const response = await runChain(ctx, steps ?? root).catch(plainError);
    return finish(response, method, allow);
  };
  for (const endpoint of endpoints) {
    for (const path of endpoint.compiled.paths) {
      hono.all(path, async (c, next) => {
        const { check } = endpoint.compiled;
        if (check === null) return await answer(c.req.raw, c.env.info, endpoint, {});
        const match = check.exec(cleanUrl(c.req.raw));
        if (match === null) return await next();
        const params = decodeGroups(match.pathname.groups);
        return await answer(c.req.raw, c.env.info, endpoint, params);
      });
    }
  }
  hono.all("*", (c) => answer(c.req.raw, c.env.info, null, {}));
  const local = { remoteAddr: LOCAL, completed: Promise.resolve() };
  return async (request, info = local) => {
    if (build?.liveReload && new URL(request.url).pathname === LIVE_RELOAD_PATH) {
      return liveReloadResponse();
    }
    return await hono.fetch(request, { info });
  };
}

/** Endpoints, the most exact pattern first, and the steps of requests that match none. */
function resolveCommands<State>(
  given: readonly Command<State>[],
  build: BuildSnapshot | null,
): { endpoints: Endpoint<State>[]; root: Step<State>[] } {
  const commands = given.flatMap((command) => {
    if (command.type !== "files") return [command];
    if (build === null) {
      throw new Error(
        "Cannot use fsRoutes() without a build: apply the result of `new Builder().build()`",
      );
    }
    return fileCommands<State>(build.routes);
  });
  const endpoints = new Map<string, Endpoint<State>>();
  for (const [i, command] of commands.entries()) {
    if (command.type !== "route") continue;
    const steps = [...stepsAbove(commands, i, command.scope), command.run];
    const endpoint = endpoints.get(command.pattern) ??
      { compiled: compilePattern(command.pattern), methods: new Map() };
    endpoints.set(command.pattern, endpoint);
    for (const method of command.methods) {
      if (!endpoint.methods.has(method)) endpoint.methods.set(method, steps);
    }
  }
  return {
    endpoints: [...endpoints.values()].sort((a, b) => comparePatterns(a.compiled, b.compiled)),
    root: stepsAbove(commands, commands.length, []),
  };
}

/** Boundaries and middlewares around a route that was told at `end`, outer ones first. */
function stepsAbove<State>(
  commands: readonly Command<State>[],
  end: number,
  scope: Scope,
): Step<State>[] {
  const notFound = commands.findLast((c) => c.type === "notFound")?.route ?? null;
  const steps: Step<State>[] = [];
  for (let depth = 0; depth <= scope.length; depth++) {
    const level = commands.slice(0, end).filter((c) =>
      "scope" in c && c.scope.length === depth && c.scope.every((name, i) => name === scope[i])
    );
    steps.push(boundary({
      app: level.findLast((c) => c.type === "app")?.component ?? null,
      layout: level.findLast((c) => c.type === "layout") ?? null,
      error: level.findLast((c) => c.type === "error")?.route ?? null,
      notFound,
    }));
    steps.push(...level.flatMap((c) => c.type === "middleware" ? [c.fn] : []));
  }
  return steps;
}

function stepsOf<State>({ methods }: Endpoint<State>, method: Method): Step<State>[] | undefined {
  return methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : undefined) ??
    methods.get("ALL");
}

function allowed<State>({ methods }: Endpoint<State>): string {
  const names = new Set<string>([...methods.keys(), "OPTIONS"]);
  if (names.has("GET")) names.add("HEAD");
  return [...names].sort().join(", ");
}

function lastResort(method: Method, allow: string | null): Response {
  if (allow === null) throw new HttpError(404);
  if (method !== "OPTIONS") throw new HttpError(405);
  return new Response(null, { status: 204, headers: { allow } });
}

/** Adds `Allow` to a 405 that an error page may have drawn, and drops the body of a HEAD. */
function finish(response: Response, method: Method, allow: string | null): Response {
  const isRefused = allow !== null && response.status === 405 && !response.headers.has("allow");
  if (!isRefused && method !== "HEAD") return response;
  const copy = new Response(method === "HEAD" ? null : response.body, response);
  if (isRefused) copy.headers.set("allow", allow);
  return copy;
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
  for (const [key, value = ""] of Object.entries(groups)) {
    try {
      params[key] = decodeURI(value); // what has a meaning in URLs, such as a slash, stays encoded
    } catch {
      params[key] = value;
    }
  }
  return params;
}
