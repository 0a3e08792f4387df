import type { ComponentChildren, ComponentClass, FunctionComponent, JSX } from "preact";
import type { Context } from "./context.ts";

/** HTTP methods a route can answer. */
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "HEAD" | "OPTIONS";

/** A function between the request and its response; calls `ctx.next()` to go on. */
export type MiddlewareFn<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** Same as {@link MiddlewareFn}. */
export type Middleware<State> = MiddlewareFn<State>;

/** A function that loads a value when it is first needed. */
export type Lazy<T> = () => Promise<T>;

/** A value, or a function that loads it. */
export type MaybeLazy<T> = T | Lazy<T>;

/** Data for a page component with the status and headers of the response. */
export interface PageResponse<T> {
  data: T;
  headers?: HeadersInit | undefined;
  status?: number | undefined;
}

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

/** The type of `data` that a handler gives to its page. */
export type RouteData<Handler extends RouteHandler<unknown, never>> = Handler extends
  RouteHandler<infer Data, never> ? Data : never;

/** What a page, layout or app wrapper receives. */
export type PageProps<Data = unknown, T = unknown> =
  & Pick<
    Context<T>,
    "config" | "url" | "req" | "params" | "info" | "state" | "isPartial" | "error" | "route"
  >
  & { Component: FunctionComponent; data: Data };

/** A component that may be an async function; it may then also answer with a response. */
export type AnyRender<P> = (
  props: P,
) => ComponentChildren | Promise<JSX.Element | Response | null>;

/** A page, layout or app wrapper: a Preact component or an async function. */
export type RouteComponent<State> =
  | ComponentClass<PageProps<unknown, State>>
  | AnyRender<PageProps<unknown, State>>;

/** What a layout file may export as `config`. */
export interface LayoutConfig {
  /** Leave out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leave out `routes/_app`. */
  skipAppWrapper?: boolean;
}

/** What a route file may export as `config`. */
export interface RouteConfig extends LayoutConfig {
  /** A URL pattern in place of the one given by the file's path. */
  routeOverride?: string;
  /** Methods of a lazy route (default `"ALL"`). */
  methods?: "ALL" | Method[];
}

/** A route: component, handlers and configuration. */
export interface Route<State> {
  component?: RouteComponent<State>;
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State>;
}

/** What `new App()` accepts. */
export interface FreshConfig {
  /** Not implemented: any value but `""` throws. */
  basePath?: string;
  /** `"production"` unless given. */
  mode?: "development" | "production";
}

/** The configuration in force, as `ctx.config`. */
export interface ResolvedFreshConfig {
  /** Project root. */
  root: string;
  basePath: string;
  mode: "development" | "production";
}
