export * from "./contract.ts";
export {
  eventById,
  joinById,
  packetById,
  printsByTrace,
  type PrintSupport,
  type QuoteContext,
  quotesAt,
  supportOf,
} from "./lookup.ts";
export { TapeStore, type TapeStoreOptions, type TapeStoreStats } from "./tape_store.ts";
export { type Page, type ReadOptions, type RowFilter, type TapeBatch } from "./tape_store_types.ts";
