import { type ColumnArray, putValue } from "./column_types.ts";
import { type Frame, newFrame } from "./frame.ts";
import type { GridFrame } from "./grid_frame.ts";
import type { Layout } from "./layout.ts";
import { BIN, ENG } from "./pressure_grid.ts";

/** Shows the frames of a pressure pipeline by the grid's layout, without a copy of their rows. */
export class GridView {
  readonly #shown: Frame & { columns: readonly ColumnArray[] };
  #frame: GridFrame | null = null;

  /** @param layout One that `gridLayout` makes. */
  constructor(layout: Layout) {
    const { layout: name, header } = newFrame({ ...layout, columns: [] });
    this.#shown = { layout: name, header, columns: [], valid: layout.columns.map(() => null) };
  }

  /** The rows of a frame, valid as long as the frame's arrays are; the header is an earlier one's. */
  rows(frame: GridFrame): Pick<Frame, "columns" | "valid"> {
    if (frame !== this.#frame) this.#shown.columns = columnsOf(frame);
    this.#frame = frame;
    return this.#shown;
  }

  /** All of a frame, valid until the next call. */
  of(frame: GridFrame): Frame {
    this.rows(frame);
    writeHeader(frame, this.#shown.header);
    return this.#shown;
  }
}

function columnsOf(frame: GridFrame): readonly ColumnArray[] {
  const { engine } = frame;
  return [
    frame.k,
    engine[ENG.PRESSURE]!,
    engine[ENG.VACUUM]!,
    ...engine.slice(0, ENG.PRESSURE),
    frame.score,
    frame.state,
    frame.lastEventId,
    ...frame.projections,
  ];
}

function writeHeader(frame: GridFrame, header: readonly ColumnArray[]): void {
  const { baseNs } = frame;
  const endNs = baseNs + BigInt(frame.binEndNs);
  putValue(header[BIN.TS_NS]!, 0, endNs);
  putValue(header[BIN.BIN_SEQ]!, 0, frame.binSeq);
  putValue(header[BIN.BIN_START_NS]!, 0, baseNs + BigInt(frame.binStartNs));
  putValue(header[BIN.BIN_END_NS]!, 0, endNs);
  putValue(header[BIN.BIN_EVENT_COUNT]!, 0, frame.binEventCount);
  putValue(header[BIN.EVENT_ID]!, 0, frame.eventId);
  putValue(header[BIN.MID_PRICE]!, 0, frame.midPrice);
  putValue(header[BIN.SPOT_REF]!, 0, frame.spotRefPriceInt);
  putValue(header[BIN.BEST_BID]!, 0, frame.bestBidPriceInt);
  putValue(header[BIN.BEST_ASK]!, 0, frame.bestAskPriceInt);
  putValue(header[BIN.BOOK_VALID]!, 0, frame.bookValid);
}

/**
 * Puts a stored header back into a frame; `spotHalfTick` is not stored.
 *
 * @param header The header's columns, a row per bin.
 * @param bin The row to take.
 */
export function readHeader(
  frame: { -readonly [K in keyof GridFrame]: GridFrame[K] },
  header: readonly ColumnArray[],
  bin: number,
): void {
  const value = (place: number) => Number(header[place]?.[bin] ?? 0);
  const offset = (place: number) => Number(BigInt(header[place]?.[bin] ?? 0) - frame.baseNs);
  frame.binStartNs = offset(BIN.BIN_START_NS);
  frame.binEndNs = offset(BIN.BIN_END_NS);
  frame.binSeq = value(BIN.BIN_SEQ);
  frame.binEventCount = value(BIN.BIN_EVENT_COUNT);
  frame.eventId = value(BIN.EVENT_ID);
  frame.midPrice = value(BIN.MID_PRICE);
  frame.spotRefPriceInt = value(BIN.SPOT_REF);
  frame.bestBidPriceInt = value(BIN.BEST_BID);
  frame.bestAskPriceInt = value(BIN.BEST_ASK);
  frame.bookValid = value(BIN.BOOK_VALID) === 1;
}
