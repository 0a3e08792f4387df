/** Positions and names of rows: what a thread that makes or orders rows needs, without schemas or store. */
export {
  type AnyRecord,
  compareCursors,
  comparePlace,
  compareRows,
  contractOf,
  type Cursor,
  cursorOf,
  timeOf,
  underlyingOf,
} from "./cursor.ts";
