import type { Context, RouteComponent } from "./context.ts";
import type { Method, PageResponse, RouteConfig } from "./types.ts";

/** A function between the request and its response; calls `ctx.next()` to go on. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** Answers a request with a response or with data for the page component. */
export interface HandlerFn<Data, State> {
  (ctx: Context<State>):
    | Response
    | PageResponse<Data>
    | Promise<Response | PageResponse<Data>>;
}

/** One handler per HTTP method. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** Handlers of a route: one for all methods, or one per method. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** A route: component, handlers and configuration. */
export interface Route<State> {
  component?: RouteComponent<State>;
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State>;
}

/** Returns data for the page component, with an optional status and headers. */
export function page(): PageResponse<undefined>;
export function page<T>(
  data: T,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<T>;
export function page(
  data?: unknown,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<unknown> {
  return { data, headers: options?.headers, status: options?.status };
}

/** True when the handlers are given one per method. */
export function isHandlerByMethod<D, S>(
  handler: RouteHandler<D, S> | undefined,
): handler is HandlerByMethod<D, S> {
  return typeof handler === "object" && handler !== null;
}
