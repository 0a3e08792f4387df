export * from "./contract.ts";
export {
  type ControlLog,
  type ControlStore,
  ControlStoreError,
  type StoredControl,
} from "./control_store.ts";
export { CONTROL_FORMAT, KvControlStore } from "./kv_control_store.ts";
export type { ProfileCounts, TapeFacts, TapeStatus } from "./tape_status.ts";
