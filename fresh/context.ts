import type { ComponentChildren, ComponentClass, FunctionComponent, JSX } from "preact";
import { isValidElement } from "preact";
import type { BuildSnapshot } from "./_build.ts";
import { HttpError } from "./error.ts";

/** Options handed to `Deno.upgradeWebSocket()`. */
export interface WebSocketUpgradeOptions {
  /** Seconds without an answer to a ping before the socket is closed (default 120). */
  idleTimeout?: number;
  /** Sub-protocol to agree on. */
  protocol?: string;
}

/** What a page, layout or app wrapper receives. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<Context<State>, "url" | "req" | "params" | "info" | "state" | "error" | "route">
  & { Component: FunctionComponent; data: Data };

/** A component that may be an async function; it may then also answer with a response. */
export type AnyRender<P> = (
  props: P,
) => ComponentChildren | Promise<JSX.Element | Response | null>;

/** A page, layout or app wrapper: a Preact component or an async function. */
export type RouteComponent<State> =
  | ComponentClass<PageProps<unknown, State>>
  | AnyRender<PageProps<unknown, State>>;

/** Turns JSX into the response of a request; handed in, as the renderer knows contexts. */
export type Render = <State>(
  ctx: Context<State>,
  vnode: JSX.Element | null,
  init: ResponseInit,
) => Promise<Response>;

/** App wrapper, layouts and build that a request has collected on its way. */
export interface ContextInternals<State> {
  app: RouteComponent<State> | null;
  layouts: readonly RouteComponent<State>[];
  readonly build: BuildSnapshot | null;
}

/** What a context is made of. */
export interface ContextInit {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly route: string | null;
  readonly params: Record<string, string>;
  readonly next: () => Promise<Response>;
  readonly build: BuildSnapshot | null;
  readonly render: Render;
}

/** The internals of a context, for this folder only. */
export let internalsOf: <State>(ctx: Context<State>) => ContextInternals<State>;

/** What a middleware, handler or page is given; one per request. */
export class Context<State> {
  static {
    internalsOf = (ctx) => ctx.#internals;
  }
  /** URL of the request, with runs of slashes in the path made one. */
  readonly url: URL;
  /** The request as it came. */
  req: Request;
  /** Pattern of the route, or null when none matched. */
  readonly route: string | null;
  /** Parameters of the route; characters with a meaning in URLs stay percent-encoded. */
  readonly params: Record<string, string>;
  /** Values shared by the middlewares and the page of this request. */
  readonly state: State = {} as State;
  /** Data of the page, as its handler gave it. */
  data: unknown = undefined;
  /** What was thrown last, on an error page and for every middleware that it passes. */
  error: unknown | null = null;
  /** Addresses of the connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Calls the next middleware, at last the route. */
  next: () => Promise<Response>;
  readonly #internals: ContextInternals<State>;
  readonly #render: Render;

  /** Made by the app; application code never makes one. */
  constructor(init: ContextInit) {
    this.req = init.req;
    this.url = init.url;
    this.info = init.info;
    this.route = init.route;
    this.params = init.params;
    this.next = init.next;
    this.#render = init.render;
    this.#internals = { app: null, layouts: [], build: init.build };
  }

  /** Returns a redirect; a path with several leading slashes stays on this host. */
  redirect(pathOrUrl: string, status: number = 302): Response {
    // Browsers drop tabs and line ends from URLs and read a backslash as a slash, so each of
    // "\t//host", "/\t/host" and "/\\host" would leave this host just as "//host" does.
    let location = pathOrUrl.replace(/[\t\r\n]/g, "").trim();
    if (/^[/\\]/.test(location)) {
      const cut = location.search(/[?#]/);
      const path = cut === -1 ? location : location.slice(0, cut);
      location = path.replace(/[/\\]+/g, "/") + (cut === -1 ? "" : location.slice(cut));
    }
    return new Response(null, { status, headers: { location } });
  }

  /**
   * Renders JSX inside the layouts and the app wrapper of this route.
   *
   * @throws {TypeError} When the argument is missing or is not JSX.
   */
  async render(vnode: JSX.Element | null, init: ResponseInit = {}): Promise<Response> {
    if (arguments.length === 0) throw new TypeError("Cannot render a page as no JSX was passed");
    if (vnode !== null && !isValidElement(vnode)) {
      throw new TypeError(`Cannot render a page as the value is not JSX: ${String(vnode)}`);
    }
    return await this.#render(this, vnode, init);
  }

  /** Returns a text response. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Returns a JSON response. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /**
   * Upgrades the request to a WebSocket: the socket, and the response to return.
   *
   * @throws {HttpError} With status 400 when the request does not ask for a WebSocket.
   */
  upgrade(options: WebSocketUpgradeOptions = {}): { socket: WebSocket; response: Response } {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    return Deno.upgradeWebSocket(this.req, options);
  }
}
