export { App } from "./app.ts";
export type { Context, PageProps, WebSocketUpgradeOptions } from "./context.ts";
export { csp, type CSPOptions } from "./csp.ts";
export { createDefine, type Define } from "./define.ts";
export { HttpError } from "./error.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Middleware,
  page,
  type RouteHandler,
} from "./handlers.ts";
export { staticFiles } from "./static_files.ts";
export { trailingSlashes } from "./trailing_slashes.ts";
export type { LayoutConfig, Method, PageResponse, RouteConfig } from "./types.ts";
