export { BookCache, BookCacheError, type WarmTarget } from "./book_cache.ts";
export { CheckpointError } from "./checkpoint_file.ts";
export { warmBook } from "./warm_book.ts";
