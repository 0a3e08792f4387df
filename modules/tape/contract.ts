export * from "./live_contract.ts";
export { SessionOutline } from "./session_outline.ts";
export { type AnyRecord, compareCursors, compareRows, cursorOf, timeOf } from "./cursor.ts";
export { rowFilter, underlyingOf } from "./filters.ts";
export * from "./queries.ts";
export * from "./records.ts";
export {
  type Cursor,
  type StreamInfo,
  streamOfHistory,
  streamOfReplay,
  streamOfSocket,
  STREAMS,
  type WireType,
} from "./streams.ts";
