/** What a column of the store holds. */
export const COLUMN = { EMPTY: 0, BIN: 1, GAP: 2 } as const;
/** Stands for "no such price" in tick fields. */
export const NO_TICK = -2_147_483_648;

/** Header of one bin as the store keeps it. Ticks are absolute: price divided by the tick size. */
export interface ColumnHeader {
  readonly startNs: number; // since the store's base
  readonly endNs: number;
  readonly binSeq: number;
  readonly eventCount: number;
  readonly eventId: number;
  readonly spotTick: number; // NO_TICK when the book is one-sided
  readonly bidTick: number;
  readonly askTick: number;
  readonly halfTick: boolean;
  readonly bookValid: boolean;
  readonly live: boolean;
}

/**
 * The last bins of a stream in contiguous typed arrays, as a ring. A *position* counts columns from
 * 0 and never repeats; a column is one bin, or one bin that is missing. Cell values of a column lie
 * in one run, plane after plane, row after row.
 */
export class ColumnStore {
  readonly capacity: number;
  readonly rows: number;
  readonly radius: number;
  readonly planes: number;
  /** Cell values, shape [capacity, planes, rows]. */
  readonly cells: Float32Array;
  /** Last event ids, shape [capacity, rows]. */
  readonly eventIds: Float64Array;
  readonly kind: Uint8Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  readonly binSeq: Float64Array;
  readonly eventCount: Float64Array;
  readonly eventId: Float64Array;
  readonly spotTick: Int32Array;
  readonly bidTick: Int32Array;
  readonly askTick: Int32Array;
  readonly halfTick: Uint8Array;
  readonly bookValid: Uint8Array;
  readonly live: Uint8Array;
  /** Blend of the directional signals, NaN where not computed. */
  readonly composite: Float32Array;
  /** Share of warm signals, 0..1. */
  readonly warmth: Float32Array;
  #last = -1;
  #first = 0;
  /** Newest position that may be seen. */
  #shown = Infinity;

  /**
   * @param capacity Columns kept, a power of two.
   * @param radius Rows on either side of spot, ≥ 1.
   * @param planes Values per cell, ≥ 1.
   */
  constructor(capacity: number, radius: number, planes: number) {
    if (!(capacity >= 2 && (capacity & (capacity - 1)) === 0)) {
      throw new RangeError(
        `Cannot create a column store of a capacity that is no power of two: ${capacity}`,
      );
    }
    const rows = 2 * radius + 1;
    this.capacity = capacity;
    this.rows = rows;
    this.radius = radius;
    this.planes = planes;
    this.cells = new Float32Array(capacity * planes * rows);
    this.eventIds = new Float64Array(capacity * rows);
    this.kind = new Uint8Array(capacity);
    this.startNs = new Float64Array(capacity);
    this.endNs = new Float64Array(capacity);
    this.binSeq = new Float64Array(capacity);
    this.eventCount = new Float64Array(capacity);
    this.eventId = new Float64Array(capacity);
    this.spotTick = new Int32Array(capacity).fill(NO_TICK);
    this.bidTick = new Int32Array(capacity).fill(NO_TICK);
    this.askTick = new Int32Array(capacity).fill(NO_TICK);
    this.halfTick = new Uint8Array(capacity);
    this.bookValid = new Uint8Array(capacity);
    this.live = new Uint8Array(capacity);
    this.composite = new Float32Array(capacity).fill(NaN);
    this.warmth = new Float32Array(capacity);
  }

  /** Position of the newest column that may be seen, -1 when there is none. */
  get last(): number {
    return Math.min(this.#last, this.#shown);
  }

  /** Position of the oldest column still kept. */
  get first(): number {
    return this.#first;
  }

  /** Number of columns kept. */
  get length(): number {
    return this.last < 0 ? 0 : this.last - this.#first + 1;
  }

  /** Forgets all columns; positions start at 0 again. */
  clear(): void {
    this.#last = -1;
    this.#first = 0;
    this.#shown = Infinity;
    this.kind.fill(COLUMN.EMPTY);
  }

  /** True when the position is kept. */
  has(position: number): boolean {
    return position >= this.#first && position <= this.last;
  }

  /** Newest position that holds a bin, -1 when none does. */
  positionOf(binSeq: number): number {
    for (let position = this.#last; position >= this.#first; position--) {
      const seq = this.binSeq[this.slot(position)]!;
      if (seq === binSeq) return position;
      // Gaps have no number, and numbers rise.
      if (seq >= 0 && seq < binSeq) return -1;
    }
    return -1;
  }

  /** Hides every column that had not ended at a time, ns since the store's base; Infinity hides none. */
  showUntil(endNs: number): void {
    if (endNs === Infinity) {
      this.#shown = Infinity;
      return;
    }
    let [low, high] = [this.#first, this.#last + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.endNs[this.slot(middle)]! <= endNs) low = middle + 1;
      else high = middle;
    }
    this.#shown = low > this.#first ? low - 1 : -1;
  }

  /** Index of a position in the arrays. Only meaningful while {@link has} is true. */
  slot(position: number): number {
    return position & (this.capacity - 1);
  }

  /** Offset of row 0 of a plane in {@link cells}. */
  offset(slot: number, plane: number): number {
    return (slot * this.planes + plane) * this.rows;
  }

  /** Row of an absolute tick in a column, or -1 when the column's window does not reach it. */
  rowOf(slot: number, tick: number): number {
    const spot = this.spotTick[slot]!;
    if (this.kind[slot] !== COLUMN.BIN || spot === NO_TICK) return -1;
    const row = tick - spot + this.radius;
    return row >= 0 && row < this.rows ? row : -1;
  }

  /** Adds one bin and returns its slot; the caller fills {@link cells} and {@link eventIds} there. */
  pushBin(header: ColumnHeader): number {
    const slot = this.#advance();
    this.kind[slot] = COLUMN.BIN;
    this.startNs[slot] = header.startNs;
    this.endNs[slot] = header.endNs;
    this.binSeq[slot] = header.binSeq;
    this.eventCount[slot] = header.eventCount;
    this.eventId[slot] = header.eventId;
    this.spotTick[slot] = header.spotTick;
    this.bidTick[slot] = header.bidTick;
    this.askTick[slot] = header.askTick;
    this.halfTick[slot] = header.halfTick ? 1 : 0;
    this.bookValid[slot] = header.bookValid ? 1 : 0;
    this.live[slot] = header.live ? 1 : 0;
    return slot;
  }

  /**
   * Adds missing columns, their times spread evenly over the hole.
   *
   * @param count Columns to add, at most the capacity.
   */
  pushGap(count: number, fromNs: number, toNs: number): void {
    const columns = Math.min(count, this.capacity);
    const step = (toNs - fromNs) / columns;
    for (let i = 0; i < columns; i++) {
      const slot = this.#advance();
      this.kind[slot] = COLUMN.GAP;
      this.startNs[slot] = fromNs + i * step;
      this.endNs[slot] = fromNs + (i + 1) * step;
      this.binSeq[slot] = -1;
    }
  }

  #advance(): number {
    this.#last++;
    if (this.#last - this.#first >= this.capacity) this.#first = this.#last - this.capacity + 1;
    const slot = this.slot(this.#last);
    this.eventCount[slot] = 0;
    this.eventId[slot] = 0;
    this.spotTick[slot] = NO_TICK;
    this.bidTick[slot] = NO_TICK;
    this.askTick[slot] = NO_TICK;
    this.halfTick[slot] = 0;
    this.bookValid[slot] = 0;
    this.live[slot] = 0;
    this.composite[slot] = NaN;
    this.warmth[slot] = 0;
    return slot;
  }
}
