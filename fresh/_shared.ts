/** Name of the query parameter that carries the build id of an asset URL. */
export const ASSET_CACHE_BUST_KEY = "__frsh_c";

/** State shared by `fresh/runtime` and the renderer; one per realm. */
export const shared: {
  /** Identifies the build in asset URLs; empty before a build. */
  buildId: string;
} = { buildId: "" };
