import { type ComponentChildren, isValidElement, type JSX } from "preact";
import type { BuildSnapshot } from "./_build.ts";
import { HttpError } from "./error.ts";
import { renderDocument } from "./render.ts";
import type { LayoutConfig, ResolvedFreshConfig, RouteComponent } from "./types.ts";

/** Event handlers for a socket upgraded by {@link Context.upgrade}. */
export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** Options handed to `Deno.upgradeWebSocket()`. */
export interface WebSocketUpgradeOptions {
  /** Seconds without an answer to a ping before the socket is closed (default 120). */
  idleTimeout?: number;
  /** Sub-protocol to agree on. */
  protocol?: string;
}

/** App wrapper, layouts and build that a request has collected on its way. */
export interface ContextInternals<State> {
  app: RouteComponent<State> | null;
  layouts: readonly RouteComponent<State>[];
  build: BuildSnapshot | null;
  params: Record<string, string>;
}

/** What a middleware, handler or page is given; one per request. */
export class Context<State> {
  /** The configuration of the app. */
  readonly config: ResolvedFreshConfig;
  /** URL of the request, with runs of slashes in the path made one. */
  readonly url: URL;
  /** The request as it came. */
  req: Request;
  /** Pattern of the route, or null when none matched. */
  readonly route: string | null;
  /** Decoded parameters of the route. */
  readonly params: Record<string, string>;
  /** Values shared by the middlewares and the page of this request. */
  readonly state: State = {} as State;
  /** Data of the page, as its handler gave it. */
  data: unknown = undefined;
  /** What was thrown, on an error page. */
  error: unknown | null = null;
  /** Addresses of the connection. */
  readonly info: Deno.ServeHandlerInfo;
  /** Always false: partials are not implemented. */
  readonly isPartial: boolean = false;
  /** Calls the next middleware, at last the route. */
  next: () => Promise<Response>;
  /** The page below, for layouts and the app wrapper. */
  Component: () => ComponentChildren = () => null;
  readonly #internals: ContextInternals<State>;

  /** Made by the app; application code never makes one. */
  constructor(
    init: {
      req: Request;
      url: URL;
      info: Deno.ServeHandlerInfo;
      route: string | null;
      params: Record<string, string>;
      config: ResolvedFreshConfig;
      next: () => Promise<Response>;
      build: BuildSnapshot | null;
    },
  ) {
    this.req = init.req;
    this.url = init.url;
    this.info = init.info;
    this.route = init.route;
    this.params = init.params;
    this.config = init.config;
    this.next = init.next;
    this.#internals = { app: null, layouts: [], build: init.build, params: init.params };
  }

  /** The internals of a context, for this folder only. */
  static internals<S>(ctx: Context<S>): ContextInternals<S> {
    return ctx.#internals;
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
  async render(
    vnode: JSX.Element | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    if (arguments.length === 0) throw new TypeError("Cannot render a page as no JSX was passed");
    if (vnode !== null && !isValidElement(vnode)) {
      throw new TypeError(`Cannot render a page as the value is not JSX: ${String(vnode)}`);
    }
    return await renderDocument(this, this.#internals, vnode, init, config);
  }

  /** Returns a text response. */
  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  /** Returns an HTML response. */
  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  /** Returns a JSON response. */
  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** Returns a response that sends the chunks of an iterable as they come; text becomes UTF-8. */
  stream<U extends string | Uint8Array>(
    stream: Iterable<U> | AsyncIterable<U> | (() => Iterable<U> | AsyncIterable<U>),
    init?: ResponseInit,
  ): Response {
    const source: Iterable<U> | AsyncIterable<U> = typeof stream === "function" ? stream() : stream;
    const encoder = new TextEncoder();
    const encode = new TransformStream<U, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        controller.enqueue(
          typeof chunk === "string" ? encoder.encode(chunk) : new Uint8Array(chunk),
        );
      },
    });
    return new Response(ReadableStream.from<U>(source).pipeThrough(encode), init);
  }

  /**
   * Upgrades the request to a WebSocket.
   *
   * With handlers it returns the response; without, the socket and the response to return.
   *
   * @throws {HttpError} With status 400 when the request does not ask for a WebSocket.
   */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first?: WebSocketHandlers | WebSocketUpgradeOptions,
    second?: WebSocketUpgradeOptions,
  ): Response | { socket: WebSocket; response: Response } {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    const handlers = isHandlers(first) ? first : null;
    const options = handlers === null ? first as WebSocketUpgradeOptions | undefined : second;
    const upgraded = Deno.upgradeWebSocket(this.req, options ?? {});
    if (handlers === null) return upgraded;
    const { socket, response } = upgraded;
    socket.addEventListener("open", () => handlers.open?.(socket));
    socket.addEventListener("message", (event) => handlers.message?.(socket, event));
    socket.addEventListener("close", (e) => handlers.close?.(socket, e.code, e.reason));
    socket.addEventListener("error", (event) => handlers.error?.(socket, event));
    return response;
  }
}

/** @deprecated The name of {@link Context} in Fresh 1. */
export type FreshContext<State = unknown> = Context<State>;

function isHandlers(value: object | undefined): value is WebSocketHandlers {
  return value !== undefined &&
    ["open", "message", "close", "error"].some((key) =>
      typeof Reflect.get(value, key) === "function"
    );
}
