import type { AnyRender, PageProps } from "./context.ts";
import type { HandlerByMethod, HandlerFn, Middleware, RouteHandler } from "./handlers.ts";

/** Identity functions that give routes, layouts and middlewares their types. */
export interface Define<State> {
  /** Returns the handlers unchanged, typed. */
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): Handlers;
  /** Returns the page component unchanged; `page<typeof handler>` types `props.data`. */
  page<
    Handler extends RouteHandler<unknown, State> = never,
    Data = Handler extends HandlerFn<infer D, State> ? D
      : Handler extends HandlerByMethod<infer D, State> ? D
      : never,
  >(render: AnyRender<PageProps<Data, State>>): AnyRender<PageProps<Data, State>>;
  /** Returns the layout component unchanged, typed. */
  layout(render: AnyRender<PageProps<unknown, State>>): AnyRender<PageProps<unknown, State>>;
  /** Returns the middleware, or the array of them, unchanged, typed. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): M;
}

/** Returns the `define` helpers for one `State` type; call it once per app. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}
