export { attachTapeStore, createTapeStore } from "./create_tape_store.ts";
export { type RetentionOptions, startRetention } from "./retention.ts";
