export * from "./contract.ts";
export { TapeStore, type TapeStoreOptions, type TapeStoreStats } from "./tape_store.ts";
export {
  type Page,
  type ReadOptions,
  type RowFilter,
  type TapeBatch,
  type TapeStoreCode,
  TapeStoreError,
} from "./tape_store_types.ts";
