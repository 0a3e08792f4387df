import { Builder } from "fresh/dev";

/** Code that islands share; as entries of their own its files would cost a request each. */
const SHARED_CODE = /[\\/]islands[\\/]lib[\\/]/;

/**
 * Returns the builder of this app; a start finds what `deno task build` kept only if both use it.
 *
 * @param root Folder that holds `routes/`, `islands/` and `static/`.
 */
export function createBuilder(root: string): Builder {
  return new Builder({ root, ignore: [SHARED_CODE] });
}
