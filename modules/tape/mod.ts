export * from "./contract.ts";
export { TAPE_FORMAT } from "./format.ts";
export {
  joinById,
  packetById,
  printsByTrace,
  type PrintSupport,
  type QuoteContext,
  quotesAt,
  supportOf,
} from "./lookup.ts";
export { type LostStretch, Page, type ReadOptions, type RowFilter, toldStretches } from "./page.ts";
export { type Candidate, StoredRow, storedRows, type TapeBatch } from "./stored_row.ts";
export { TapeStore, type TapeStoreOptions, type TapeStoreStats } from "./tape_store.ts";
