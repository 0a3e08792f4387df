import { Context } from "./context.ts";
import { HttpError } from "./error.ts";
import { isHandlerByMethod } from "./handlers.ts";
import { renderComponent } from "./render.ts";
import type { Command, Scope } from "./_commands.ts";
import type { HandlerFn, MaybeLazy, Method, Middleware, Route } from "./types.ts";

/** A step of a chain: a middleware, perhaps one still to be loaded. */
export type Step<State> = (ctx: Context<State>) => Promise<Response>;

/** Runs the steps in order; the last one's `ctx.next()` is the one that `ctx` came with. */
export async function runChain<State>(
  ctx: Context<State>,
  steps: readonly Step<State>[],
): Promise<Response> {
  const last = ctx.next;
  async function run(i: number): Promise<Response> {
    const step = steps[i];
    if (step === undefined) return await last();
    ctx.next = () => run(i + 1);
    const result: unknown = await step(ctx);
    if (!(result instanceof Response)) {
      throw new TypeError(`Cannot answer as a middleware returned no Response: ${String(result)}`);
    }
    return result;
  }
  return await run(0);
}

/** A middleware as a step; a lazy one is loaded once. */
export function toStep<State>(fn: MaybeLazy<Middleware<State>>): Step<State> {
  let loaded: Middleware<State> | null = null;
  return async (ctx) => {
    const result: unknown = await (loaded ?? fn as Middleware<State>)(ctx);
    if (typeof result !== "function") return result as Response;
    loaded = result as Middleware<State>;
    return await loaded(ctx);
  };
}

/** True when a route with this pattern and folder lies below the scope. */
export function covers(
  scope: Scope,
  url: readonly string[],
  folder: readonly string[] | null,
): boolean {
  const path = scope.files ? folder : url;
  if (path === null) return scope.segments.length === 0 && scope.files;
  return scope.segments.every((segment, i) => path[i] === segment);
}

/** Steps of app wrapper, layouts, error pages and middlewares, outer ones first. */
export function scopeSteps<State>(
  commands: readonly Command<State>[],
  notFound: Route<State> | Middleware<State> | null,
): Step<State>[] {
  const levels = new Map<number, Command<State>[]>();
  for (const command of commands) {
    if (!("scope" in command)) continue;
    const depth = command.scope.segments.length;
    levels.set(depth, [...levels.get(depth) ?? [], command]);
  }
  if (!levels.has(0)) levels.set(0, []);
  const steps: Step<State>[] = [];
  for (const [depth, level] of [...levels].sort(([a], [b]) => a - b)) {
    steps.push(boundary(level, depth === 0 ? notFound : null, notFound !== null));
    for (const command of level) if (command.type === "middleware") steps.push(toStep(command.fn));
  }
  return steps;
}

function boundary<State>(
  level: readonly Command<State>[],
  notFound: Route<State> | Middleware<State> | null,
  hasNotFound: boolean,
): Step<State> {
  const error = level.findLast((c) => c.type === "error");
  return async (ctx) => {
    const internals = Context.internals(ctx);
    const { app, layouts } = internals;
    for (const c of level) {
      if (c.type === "app") internals.app = c.component;
      if (c.type !== "layout") continue;
      if (c.config.skipAppWrapper) internals.app = null;
      internals.layouts = c.config.skipInheritedLayouts
        ? [c.component]
        : [...internals.layouts, c.component];
    }
    const here = { app: internals.app, layouts: internals.layouts };
    try {
      return await ctx.next();
    } catch (thrown) {
      // Inner boundaries leave their own wrappers behind when they throw.
      Object.assign(internals, here);
      const status = thrown instanceof HttpError ? thrown.status : 500;
      const isMissing = status === 404 && hasNotFound;
      const route = isMissing ? notFound : error?.route ?? null;
      if (route === null) throw thrown;
      ctx.error = thrown;
      if (!(thrown instanceof HttpError)) console.error(thrown);
      if (typeof route === "function") return await route(ctx);
      return await runRoute(ctx, route, status);
    } finally {
      Object.assign(internals, { app, layouts });
    }
  };
}

/** Calls the handler of a route for the method, then draws its page. */
export async function runRoute<State>(
  ctx: Context<State>,
  route: Route<State>,
  defaultStatus = 200,
): Promise<Response> {
  const method = ctx.req.method as Method;
  const handlers = route.handler;
  let fn: HandlerFn<unknown, State> | undefined;
  if (isHandlerByMethod(handlers)) {
    fn = handlers[method] ?? (method === "HEAD" ? handlers.GET : undefined);
  } else {
    fn = handlers;
  }
  const result = fn === undefined ? { data: undefined } : await fn(ctx);
  if (result instanceof Response) return result;
  if (typeof result !== "object" || result === null || !("data" in result)) {
    throw new TypeError(
      `Cannot answer as the handler returned neither a Response nor page data: ${String(result)}`,
    );
  }
  if (route.component === undefined) {
    throw new TypeError(`Cannot draw "${ctx.url.pathname}" as its route has no component`);
  }
  const component = route.component;
  const internals = Context.internals(ctx);
  if (route.config?.skipAppWrapper) internals.app = null;
  if (route.config?.skipInheritedLayouts) internals.layouts = [];
  ctx.data = result.data;
  const vnode = await renderComponent(ctx, component, () => null, result.data);
  if (vnode instanceof Response) return vnode;
  const headers = result.headers;
  return await ctx.render(vnode, {
    status: result.status ?? defaultStatus,
    ...(headers === undefined ? {} : { headers }),
  });
}

/** Methods that a route answers by itself; `"ALL"` for every one. */
export function routeMethods<State>(route: Route<State>): (Method | "ALL")[] {
  if (typeof route.handler === "function") return ["ALL"];
  const methods = new Set<Method>(Object.keys(route.handler ?? {}) as Method[]);
  if (route.component !== undefined) methods.add("GET");
  return [...methods];
}
