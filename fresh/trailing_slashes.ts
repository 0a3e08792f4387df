import type { Middleware } from "./types.ts";

/** Returns a middleware that redirects paths so that all end in a slash, or none do. */
export function trailingSlashes<State>(mode: "always" | "never"): Middleware<State> {
  return async (ctx) => {
    const { pathname, search } = ctx.url;
    if (pathname === "/") return await ctx.next();
    const hasSlash = pathname.endsWith("/");
    if (mode === "never" && hasSlash) return ctx.redirect(pathname.slice(0, -1) + search, 307);
    const isFile = /\.[^/]*$/.test(pathname);
    if (mode === "always" && !hasSlash && !isFile) {
      return ctx.redirect(`${pathname}/${search}`, 307);
    }
    return await ctx.next();
  };
}
