import { type Context, internalsOf, type RouteComponent } from "./context.ts";
import { HttpError } from "./error.ts";
import { type HandlerFn, isHandlerByMethod, type Route } from "./handlers.ts";
import { renderComponent } from "./render.ts";
import type { LayoutConfig, Method } from "./types.ts";

/** A step of a chain: a middleware, a boundary, or the route itself. */
export type Step<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** What applies to all routes below one folder. */
export interface Level<State> {
  readonly app: RouteComponent<State> | null;
  readonly layout: {
    readonly component: RouteComponent<State>;
    readonly config: LayoutConfig;
  } | null;
  readonly error: Route<State> | null;
  /** The app's one page for what is missing. */
  readonly notFound: Route<State> | null;
}

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
    try {
      const result: unknown = await step(ctx);
      if (result instanceof Response) return result;
      throw new TypeError(`Cannot answer as a middleware returned no Response: ${String(result)}`);
    } catch (error) {
      ctx.error = error; // for whichever middleware above catches it
      throw error;
    }
  }
  return await run(0);
}

/** A step that sets up app wrapper and layout of a level, and draws its error pages. */
export function boundary<State>({ app, layout, error, notFound }: Level<State>): Step<State> {
  return async (ctx) => {
    const internals = internalsOf(ctx);
    const above = { app: internals.app, layouts: internals.layouts };
    if (app !== null) internals.app = app;
    if (layout !== null) {
      const { component, config } = layout;
      if (config.skipAppWrapper) internals.app = null;
      internals.layouts = config.skipInheritedLayouts
        ? [component]
        : [...internals.layouts, component];
    }
    const here = { app: internals.app, layouts: internals.layouts };
    try {
      return await ctx.next();
    } catch (thrown) {
      // A failed route leaves its own wrappers behind.
      Object.assign(internals, here);
      const status = thrown instanceof HttpError ? thrown.status : 500;
      if (status === 404 && notFound !== null) return await runRoute(ctx, notFound);
      if (error === null) throw thrown;
      if (!(thrown instanceof HttpError)) console.error(thrown);
      return await runRoute(ctx, error, status);
    } finally {
      Object.assign(internals, above);
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
  const { component, config } = route;
  if (component === undefined) {
    throw new TypeError(`Cannot draw "${ctx.url.pathname}" as its route has no component`);
  }
  const internals = internalsOf(ctx);
  if (config?.skipAppWrapper) internals.app = null;
  if (config?.skipInheritedLayouts) internals.layouts = [];
  ctx.data = result.data;
  const vnode = await renderComponent(ctx, component, () => null, result.data);
  if (vnode instanceof Response) return vnode;
  const { headers, status } = result;
  return await ctx.render(vnode, {
    status: status ?? defaultStatus,
    ...(headers === undefined ? {} : { headers }),
  });
}
