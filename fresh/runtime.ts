import { type ComponentChildren, Fragment, h, type JSX } from "preact";
import { ASSET_CACHE_BUST_KEY, shared } from "./_shared.ts";

/** True in the browser, false on the server. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/**
 * Returns the URL with the build id appended, so that it may be cached for a year.
 *
 * URLs that are not absolute paths of this server, or that already carry an id, come back unchanged.
 */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//") || shared.buildId === "") return path;
  const url = new URL(path, "http://localhost");
  if (url.protocol !== "http:" || url.host !== "localhost") return path;
  if (url.searchParams.has(ASSET_CACHE_BUST_KEY)) return path;
  url.searchParams.set(ASSET_CACHE_BUST_KEY, shared.buildId);
  return url.pathname + url.search + url.hash;
}

/**
 * Puts its elements into the document head while the server renders. One with the same `key`, or
 * without keys the same type and properties but for `href` and `content`, takes the place of the
 * one before it, also of one that `_app` wrote.
 */
export function Head({ children }: { children?: ComponentChildren }): JSX.Element | null {
  return IS_BROWSER ? null : h(Fragment, null, children);
}
