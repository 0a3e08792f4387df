import type { LiveCursor } from "../../../modules/tape/contract.ts";
import type { DataRow } from "./channels/mod.ts";
import type { TapeRowHead } from "./row_head.ts";

export {
  type AlertRow,
  type DataRow,
  type EquityRow,
  type OptionRow,
  type SmartRow,
  TAPE_CHANNELS,
  type TapeChannel,
} from "./channels/mod.ts";
export { type Side, SIDES } from "./side.ts";

/** Rows that the server dropped or that a lost connection swallowed; a click fetches them. */
export interface GapRow extends TapeRowHead {
  readonly kind: "gap";
  /** Null when they were not counted. */
  readonly dropped: number | null;
  /** Row before the gap; null when there is none. */
  readonly after: LiveCursor | null;
  /** The rows are damaged in the store: nothing can fetch them. */
  readonly isLost?: boolean;
}
export type TapeRow = DataRow | GapRow;

/** Order of two positions: negative when `a` comes first. */
export function compareCursor(a: LiveCursor, b: LiveCursor): number {
  return a.ts - b.ts || a.seq - b.seq;
}
