import {
  BIN_HEADER_COLUMNS,
  type Column,
  ENG,
  ENGINE_COLUMNS,
  type GridFrame,
  pressureGridColumns,
} from "../../../engine/frames/mod.ts";
import type { CoreFrame } from "../../../engine/pressure/mod.ts";

/** What the bins of a file look like: fields that a bin has once, and columns with a value per row. */
export interface BinLayout {
  readonly header: readonly Column[];
  readonly columns: readonly Column[];
  /** Rows per bin. */
  readonly rows: number;
}

/** A header field: 64-bit times and prices as bigint, counters as exact numbers. */
export type HeaderValue = bigint | number | boolean;

/** One bin, in the order of its {@linkcode BinLayout}. The arrays are valid until the next bin. */
export interface BinTable {
  readonly header: readonly HeaderValue[];
  readonly columns: readonly (Float64Array | Int32Array | Int8Array)[];
}

/** Layout of the served window: header and columns as on the wire. */
export function gridLayout(radiusTicks: number, horizonsMs: readonly number[]): BinLayout {
  return {
    header: BIN_HEADER_COLUMNS,
    columns: pressureGridColumns(horizonsMs),
    rows: 2 * radiusTicks + 1,
  };
}

/** A served bin by that layout. */
export function gridTable(frame: GridFrame): BinTable {
  const endNs = frame.baseNs + BigInt(frame.binEndNs);
  const { engine } = frame;
  return {
    header: [
      endNs,
      frame.binSeq,
      frame.baseNs + BigInt(frame.binStartNs),
      endNs,
      frame.binEventCount,
      frame.eventId,
      frame.midPrice,
      BigInt(frame.spotRefPriceInt),
      BigInt(frame.bestBidPriceInt),
      BigInt(frame.bestAskPriceInt),
      frame.bookValid,
    ],
    columns: [
      frame.k,
      engine[ENG.PRESSURE]!,
      engine[ENG.VACUUM]!,
      ...engine.slice(0, ENG.PRESSURE),
      frame.score,
      frame.state,
      frame.lastEventId,
      ...frame.projections,
    ],
  };
}

const CORE_HEADER: readonly Column[] = [
  ...BIN_HEADER_COLUMNS.slice(0, 6),
  {
    name: "anchor_tick_idx",
    type: "i64",
    unit: "ticks",
    meaning: "Tick of the middle slot, −1 unset",
  },
  { name: "tick_int", type: "i64", unit: "1e-9 currency", meaning: "Size of a tick" },
  { name: "tick_abs_start", type: "i64", unit: "ticks", meaning: "Tick of row 0, 0 when unset" },
  { name: "book_valid", type: "bool", unit: "", meaning: "The book can be trusted" },
];

/** Layout of the full grid: row i is the absolute tick `tick_abs_start + i`. */
export function coreLayout(ticks: number): BinLayout {
  return {
    header: CORE_HEADER,
    columns: [
      ...ENGINE_COLUMNS,
      { name: "last_event_id", type: "i64", unit: "", meaning: "Event that last touched the tick" },
    ],
    rows: ticks,
  };
}

/** A bin of the full grid by that layout. */
export function coreTable(frame: CoreFrame): BinTable {
  const endNs = frame.baseNs + BigInt(frame.binEndNs);
  return {
    header: [
      endNs,
      frame.binSeq,
      frame.baseNs + BigInt(frame.binStartNs),
      endNs,
      frame.binEventCount,
      frame.eventId,
      frame.anchorTick,
      BigInt(frame.tickNano),
      frame.firstTick,
      frame.bookValid,
    ],
    columns: [...frame.columns, frame.lastEventId],
  };
}
