export { type AnyRecord, compareCursors, compareRows, cursorOf, timeOf } from "./cursor.ts";
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
