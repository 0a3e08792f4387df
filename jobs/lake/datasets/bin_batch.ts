import { ENG, type GridFrame } from "../../../engine/frames/contract.ts";

/** What a bin has once, in the order in which a batch keeps it. */
export const HEAD = {
  BIN_START_NS: 0,
  BIN_END_NS: 1,
  BIN_SEQ: 2,
  BIN_EVENT_COUNT: 3,
  EVENT_ID: 4,
  MID_PRICE: 5,
  SPOT_REF: 6,
  BEST_BID: 7,
  BEST_ASK: 8,
  BOOK_VALID: 9,
} as const;

const HEAD_FIELDS = 10;

/** Engine columns, score and last event id: doubles of a row besides the projections. */
const ROW_FIELDS = ENG.VACUUM + 1 + 2;

/** Positions of the two columns after the engine's. */
export const ROW = { SCORE: ENG.VACUUM + 1, LAST_EVENT_ID: ENG.VACUUM + 2 } as const;

/** Shape of a batch: both sides of a thread boundary agree on it. */
export interface BatchShape {
  /** Rows per bin. */
  readonly rows: number;
  readonly horizons: number;
  /** Bins that fit. */
  readonly capacity: number;
}

/** Bytes of the buffer behind a batch. */
export function batchBytes({ rows, horizons, capacity }: BatchShape): number {
  const doubles = HEAD_FIELDS + (ROW_FIELDS + horizons) * rows;
  return capacity * (doubles * 8 + rows);
}

/** A bin's fields as a batch takes them; times are ns since the base of the batch's owner. */
export type BinFields = Omit<GridFrame, "k" | "baseNs" | "spotHalfTick">;

/**
 * Bins column by column in one buffer, which moves between threads without a copy. Times and 64-bit
 * integers are exact doubles.
 */
export class BinBatch {
  readonly shape: BatchShape;
  readonly buffer: ArrayBuffer;
  count: number;
  readonly #head: readonly Float64Array[];
  readonly #columns: readonly Float64Array[];
  readonly #state: Int8Array;

  /** @param count Bins that the buffer holds already. */
  constructor(shape: BatchShape, buffer = new ArrayBuffer(batchBytes(shape)), count = 0) {
    this.shape = shape;
    this.buffer = buffer;
    this.count = count;
    const { rows, horizons, capacity } = shape;
    let at = 0;
    const doubles = (length: number) => {
      const array = new Float64Array(buffer, at, length);
      at += length * 8;
      return array;
    };
    this.#head = Array.from({ length: HEAD_FIELDS }, () => doubles(capacity));
    this.#columns = Array.from(
      { length: ROW_FIELDS + horizons },
      () => doubles(capacity * rows),
    );
    this.#state = new Int8Array(buffer, at, capacity * rows);
  }

  get full(): boolean {
    return this.count === this.shape.capacity;
  }

  /** Copies a bin in. */
  add(bin: BinFields): void {
    const head = this.#head;
    const i = this.count++;
    head[HEAD.BIN_START_NS]![i] = bin.binStartNs;
    head[HEAD.BIN_END_NS]![i] = bin.binEndNs;
    head[HEAD.BIN_SEQ]![i] = bin.binSeq;
    head[HEAD.BIN_EVENT_COUNT]![i] = bin.binEventCount;
    head[HEAD.EVENT_ID]![i] = bin.eventId;
    head[HEAD.MID_PRICE]![i] = bin.midPrice;
    head[HEAD.SPOT_REF]![i] = bin.spotRefPriceInt;
    head[HEAD.BEST_BID]![i] = bin.bestBidPriceInt;
    head[HEAD.BEST_ASK]![i] = bin.bestAskPriceInt;
    head[HEAD.BOOK_VALID]![i] = bin.bookValid ? 1 : 0;
    const columns = this.#columns;
    const at = i * this.shape.rows;
    for (let c = 0; c <= ENG.VACUUM; c++) columns[c]!.set(bin.engine[c]!, at);
    columns[ROW.SCORE]!.set(bin.score, at);
    columns[ROW.LAST_EVENT_ID]!.set(bin.lastEventId, at);
    for (let h = 0; h < bin.projections.length; h++) {
      columns[ROW_FIELDS + h]!.set(bin.projections[h]!, at);
    }
    this.#state.set(bin.state, at);
  }

  /** A field of the bins, shape [count]; see {@link HEAD}. */
  head(field: number): Float64Array {
    return this.#head[field]!.subarray(0, this.count);
  }

  /** A column of the rows, shape [count × rows], bin by bin: an engine column or one of {@link ROW}. */
  column(index: number): Float64Array {
    return this.#columns[index]!.subarray(0, this.count * this.shape.rows);
  }

  /** The scores projected to a horizon, shape [count × rows]. */
  projection(horizon: number): Float64Array {
    return this.column(ROW_FIELDS + horizon);
  }

  /** Shape [count × rows]. */
  get state(): Int8Array {
    return this.#state.subarray(0, this.count * this.shape.rows);
  }
}
