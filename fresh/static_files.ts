import { ASSET_CACHE_BUST_KEY } from "./_shared.ts";
import { internalsOf } from "./context.ts";
import type { Middleware } from "./handlers.ts";

/** Returns a middleware that serves the static folder and the bundled islands of the build. */
export function staticFiles<State>(): Middleware<State> {
  return async function serveStaticFile(ctx) {
    const { build } = internalsOf(ctx);
    const path = decodePath(ctx.url.pathname);
    if (build === null || path === null || path === "/") return await ctx.next();
    const file = await build.readFile(path);
    if (file === null) return await ctx.next();
    const method = ctx.req.method;
    if (method !== "GET" && method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const key = ctx.url.searchParams.get(ASSET_CACHE_BUST_KEY);
    if (key !== null && key !== build.buildId) {
      const url = new URL(ctx.url);
      url.searchParams.delete(ASSET_CACHE_BUST_KEY);
      return new Response(null, { status: 307, headers: { location: url.pathname + url.search } });
    }
    const isFixed = build.mode !== "development" &&
      (key === build.buildId || path.startsWith(`/_fresh/js/${build.buildId}/`));
    const etag = `W/"${file.hash}"`;
    const headers = new Headers({
      "content-type": file.contentType,
      "cache-control": isFixed ? "public, max-age=31536000, immutable" : "no-cache",
      etag,
      vary: "If-None-Match",
    });
    if (matches(ctx.req.headers.get("if-none-match"), file.hash)) {
      return new Response(null, { status: 304, headers });
    }
    headers.set("content-length", String(file.size));
    return new Response(method === "HEAD" ? null : await file.bytes(), { headers });
  };
}

function matches(header: string | null, hash: string): boolean {
  if (header === null) return false;
  return header.split(",").some((tag) => {
    const text = tag.trim().replace(/^W\//, "");
    return text === "*" || text === `"${hash}"`;
  });
}

/** The decoded path, or null when it is malformed or could leave the folder. */
function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    if (path.includes("\0") || path.includes("\\")) return null;
    return path.split("/").includes("..") ? null : path;
  } catch {
    return null;
  }
}
