export { BookCache, type WarmTarget } from "./book_cache.ts";
export { warmBook } from "./warm_book.ts";
