import { Builder } from "fresh/dev";

/** Code that islands share; as entries of their own its files would cost a request each. */
const SHARED_CODE = /[\\/]islands[\\/]lib[\\/]/;

/** Tests lie beside what they test. */
const TEST_FILE = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;

/**
 * Returns the builder of this app; a start finds what `deno task build` kept only if both use it.
 *
 * @param root Folder that holds `routes/`, `islands/` and `static/`.
 * @param routeDir Folder of the routes, `routes/` by default.
 */
export function createBuilder(root: string, routeDir = "routes"): Builder {
  return new Builder({ root, routeDir, ignore: [SHARED_CODE, TEST_FILE] });
}
