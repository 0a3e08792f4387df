import { BookCache } from "../feeds/books/mod.ts";
import type { Output } from "./output.ts";

/** The cache of warm books in a data folder; what it refuses becomes one warning line. */
export function bookCache(dataDir: string, out: Output): BookCache {
  return new BookCache(
    dataDir,
    (file, code, why) => out.warning(`refused the stored book ${file} (${code}): ${why}`),
  );
}
