import { compareAt, type Cursor } from "./cursor.ts";
import { compareStored, type StoredRow } from "./stored_row.ts";

/** Limits of a window. */
export interface WindowLimits {
  readonly maxRows: number;
  /** Age of the oldest row against the newest one, ms. */
  readonly maxAgeMs: number;
}

/** Holes at the front of the array are closed when there are this many, or half of it. */
const COMPACT_AT = 4_096;

/**
 * The newest rows of one stream, in order. Complete above its floor: every row of the stream with a
 * position after {@link floor} is in here.
 */
export class RowWindow {
  readonly #limits: WindowLimits;
  #rows: StoredRow[] = [];
  /** Index of the oldest row; what lies before was dropped. */
  #start = 0;
  #floor: Cursor;

  constructor(limits: WindowLimits, floor: Cursor) {
    this.#limits = limits;
    this.#floor = floor;
  }

  /** Rows at or before this position are not in here. */
  get floor(): Cursor {
    return this.#floor;
  }

  get size(): number {
    return this.#rows.length - this.#start;
  }

  /** The newest row, or null. */
  get last(): StoredRow | null {
    return this.size === 0 ? null : this.#rows[this.#rows.length - 1] ?? null;
  }

  /** Whether a row stands at this row's position. */
  has(row: Cursor): boolean {
    const at = this.#indexAfter(row.ts, row.seq);
    const before = at > this.#start ? this.#rows[at - 1] : undefined;
    return before !== undefined && compareStored(before, row) === 0;
  }

  /** Puts a row, which must not be in here, in its place; one below the floor stays out. */
  insert(row: StoredRow): void {
    if (compareStored(row, this.#floor) <= 0) return;
    const at = this.#indexAfter(row.ts, row.seq);
    if (at === this.#rows.length) this.#rows.push(row);
    else this.#rows.splice(at, 0, row);
  }

  /** Drops the oldest rows beyond the limits and raises the floor to the last one dropped. */
  trim(): void {
    const { maxRows, maxAgeMs } = this.#limits;
    const newest = this.last;
    if (newest === null) return;
    const oldestTs = newest.ts - maxAgeMs;
    let start = Math.max(this.#start, this.#rows.length - maxRows);
    while (start < this.#rows.length - 1) {
      const row = this.#rows[start];
      if (row === undefined || row.ts >= oldestTs) break;
      start++;
    }
    if (start === this.#start) return;
    const dropped = this.#rows[start - 1];
    if (dropped !== undefined) this.#floor = { ts: dropped.ts, seq: dropped.seq };
    this.#start = start;
    if (start < COMPACT_AT && start * 2 < this.#rows.length) return;
    this.#rows = this.#rows.slice(start);
    this.#start = 0;
  }

  /** Walks from the newest row before a position down; stops when `visit` returns false. */
  descend(before: Cursor, visit: (row: StoredRow) => boolean): void {
    for (let i = this.#indexAfter(before.ts, before.seq) - 1; i >= this.#start; i--) {
      const row = this.#rows[i];
      if (row === undefined) return;
      if (compareStored(row, before) === 0) continue;
      if (!visit(row)) return;
    }
  }

  /** Walks from the oldest row after a position up; stops when `visit` returns false. */
  ascend(after: Cursor, visit: (row: StoredRow) => boolean): void {
    for (let i = this.#indexAfter(after.ts, after.seq); i < this.#rows.length; i++) {
      const row = this.#rows[i];
      if (row === undefined || !visit(row)) return;
    }
  }

  /** Index of the first row after a position. */
  #indexAfter(ts: number, seq: number): number {
    let low = this.#start;
    let high = this.#rows.length;
    const newest = this.#rows[high - 1];
    if (newest === undefined || compareAt(newest.ts, newest.seq, ts, seq) <= 0) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rows[middle];
      if (row !== undefined && compareAt(row.ts, row.seq, ts, seq) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
