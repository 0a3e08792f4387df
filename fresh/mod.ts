export { App } from "./app.ts";
export type { Context, PageProps } from "./context.ts";
export { csp } from "./csp.ts";
export { createDefine } from "./define.ts";
export { HttpError } from "./error.ts";
export { type Middleware, page } from "./handlers.ts";
export { staticFiles } from "./static_files.ts";
export { trailingSlashes } from "./trailing_slashes.ts";
export type { RouteConfig } from "./types.ts";
