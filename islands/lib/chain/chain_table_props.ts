import type { ChainColumn } from "./chain_columns.ts";
import type { ChainLeg, ChainLine } from "./chain_leg.ts";
import type { SpotTrack } from "./spot_track.ts";

/** Where the keyboard stands: a strike and one of its two sides. */
export interface ChainCursor {
  readonly strike: number;
  readonly side: "call" | "put";
}

/** What the table is made with. */
export interface ChainTableProps {
  readonly lines: readonly ChainLine[];
  readonly spot: number | null;
  readonly track: SpotTrack | null;
  readonly nowMs: number;
  readonly cursor: ChainCursor | null;
  readonly columnsFor: (widthPx: number) => readonly ChainColumn[];
  readonly point: (cursor: ChainCursor) => void;
  readonly open: (leg: ChainLeg) => void;
}

/** What a row is made with. */
export interface ChainRowProps extends ChainTableProps {
  readonly line: ChainLine;
  readonly columns: readonly ChainColumn[];
  /** Most contracts printed in one contract of those in sight. */
  readonly most: number;
  readonly isMoney: boolean;
}
