export {
  type Change,
  COMMIT_BUDGET,
  commitAtOnce,
  commitInOrder,
  fitsOneCommit,
} from "./commit.ts";
export { canonicalText, type Envelope, envelopeOf, readEnvelope } from "./envelope.ts";
export { checkFormat, migrate, type OnProgress, storedFormat, type StoreFormat } from "./format.ts";
export { Inbox } from "./inbox.ts";
export { KvGate } from "./kv_gate.ts";
export { Outbox } from "./outbox.ts";
export { isPacked, MAX_VALUE_BYTES, pack, packParts, unpack } from "./packed.ts";
export * from "./contract.ts";
export { originOf, StoredOrigin, storedOrigin } from "./stored_origin.ts";
export { causeText, StoreError, type StoreErrorCode } from "./store_error.ts";
export { idMaker, type IdSource, isUlid, ulid, ULID_RANDOM_BYTES, ulidTimeMs } from "./ulid.ts";
