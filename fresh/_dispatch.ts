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
import { type Command, fileCommands } from "./_commands.ts";
import { LIVE_RELOAD_PATH, liveReloadResponse } from "./_live_reload.ts";
import {
  comparePatterns,
  type CompiledPattern,
  compilePattern,
  splitPattern,
} from "./_patterns.ts";
import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import type { Method, ResolvedFreshConfig } from "./types.ts";

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
  config: ResolvedFreshConfig,
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
      config,
      next: async () => await lastResort(method, allow),
      build,
    });
    const response = await runChain(ctx, steps ?? root).catch(plainError);
    return finish(response, method, allow);
  };
  for (const endpoint of endpoints) {
    for (const path of endpoint.compiled.paths) {
      hono.all(path, async (c, next) => {
        const { check } = endpoint.compiled;
        let params: Record<string, string> = c.req.param();
        if (check !== null) {
          const match = check.exec(cleanUrl(c.req.raw));
          if (match === null) return await next();
          params = decodeGroups(match.pathname.groups);
        }
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
    return fileCommands<State>(build.routes, command.pattern.replace(/\/?\*$/, ""));
  });
  const notFound = commands.findLast((c) => c.type === "notFound")?.route ?? null;
  const endpoints = new Map<string, Endpoint<State>>();
  const seen: Command<State>[] = [];
  for (const command of commands) {
    if (command.type !== "handler" && command.type !== "route") {
      seen.push(command);
      continue;
    }
    const url = splitPattern(command.pattern.replace(/\/?\*$/, ""));
    const above = seen.filter((c) => "scope" in c && covers(c.scope, url, command.folder));
    const steps = scopeSteps(above, notFound);
    const endpoint = endpoints.get(command.pattern) ??
      { compiled: compilePattern(command.pattern), methods: new Map() };
    endpoints.set(command.pattern, endpoint);
    const [methods, own] = ownSteps(command);
    for (const method of methods) {
      if (!endpoint.methods.has(method)) endpoint.methods.set(method, [...steps, ...own]);
    }
  }
  const everywhere = seen.filter((c) => "scope" in c && c.scope.segments.length === 0);
  return {
    endpoints: [...endpoints.values()].sort((a, b) => comparePatterns(a.compiled, b.compiled)),
    root: scopeSteps(everywhere, notFound),
  };
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
