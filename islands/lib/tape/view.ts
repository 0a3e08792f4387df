import { Ring } from "../table/mod.ts";
import type { TapeRow } from "./rows.ts";
import { STREAM_ROWS, type StreamChange, type TapeStream } from "./stream.ts";

/** Decides whether a row is shown. */
export type RowTest = (row: TapeRow) => boolean;

/** Largest number that the counter of queued rows names. */
const QUEUED_CAP = 999;

/** An alert takes further events in for a short time only: its last version is among so many rows. */
const RENEWED_ROWS = 256;

/** Text of a counter of queued rows. */
export function queuedText(count: number): string {
  return count > QUEUED_CAP ? `${QUEUED_CAP}+` : `${count}`;
}

/**
 * What one pane shows of a stream: the rows that pass its filter, newest first. While it is frozen, by
 * scrolling or by pause, new rows queue and the rows in sight stay where they are.
 */
export class TapeView {
  readonly stream: TapeStream;
  #rows = new Ring<TapeRow>(STREAM_ROWS);
  #test: RowTest;
  /** Rows at the end of `#rows` that came while frozen. */
  #queued = 0;
  /** Rows that came after those: they would have pushed out what is in sight. */
  #untaken = 0;
  #isHeld = false;
  #isPaused = false;
  readonly #onChange: (kind: StreamChange["kind"]) => void;
  readonly #onRow: ((row: TapeRow, sign: 1 | -1) => void) | null;
  readonly #onReset: (() => void) | null;
  readonly #unlisten: () => void;

  /**
   * @param onChange Called after every change of what is shown; "rebuilt": any row may be gone.
   * @param sums Told of every row that enters (+1) or leaves (−1), and of a fresh start.
   */
  constructor(
    stream: TapeStream,
    test: RowTest,
    onChange: (kind: StreamChange["kind"]) => void,
    sums: { row(row: TapeRow, sign: 1 | -1): void; reset(): void } | null = null,
  ) {
    this.stream = stream;
    this.#test = test;
    this.#onChange = onChange;
    this.#onRow = sums === null ? null : (row, sign) => sums.row(row, sign);
    this.#onReset = sums === null ? null : () => sums.reset();
    this.#unlisten = stream.listen((change) => this.#take(change));
    this.#rebuild();
  }

  /** Rows in sight. */
  get size(): number {
    return Math.max(0, this.#rows.size - this.#queued);
  }

  /** Rows that came while frozen. */
  get queued(): number {
    return this.#queued + this.#untaken;
  }

  get isFrozen(): boolean {
    return this.#isHeld || this.#isPaused;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Row in sight by newness, 0 the newest. */
  at(index: number): TapeRow | undefined {
    return index < 0 ? undefined : this.#rows.newest(index + this.#queued);
  }

  /** Holds the rows in sight, as scrolling away from the top does, or lets go. */
  hold(isHeld: boolean): void {
    this.#freeze(isHeld, this.#isPaused);
  }

  pause(isPaused: boolean): void {
    this.#freeze(this.#isHeld, isPaused);
  }

  /** Shows the rows that pass another test; queued rows become visible. */
  filter(test: RowTest): void {
    this.#test = test;
    this.#rebuild();
    this.#onChange("rebuilt");
  }

  /** Every row that passes, in sight or queued, newest first. */
  *[Symbol.iterator](): Generator<TapeRow> {
    for (let i = 0; i < this.size; i++) {
      const row = this.at(i);
      if (row !== undefined) yield row;
    }
  }

  close(): void {
    this.#unlisten();
  }

  #freeze(isHeld: boolean, isPaused: boolean): void {
    if (isHeld === this.#isHeld && isPaused === this.#isPaused) return;
    this.#isHeld = isHeld;
    this.#isPaused = isPaused;
    if (!this.isFrozen) {
      this.#queued = 0;
      if (this.#untaken > 0) this.#rebuild();
    }
    this.#onChange("added");
  }

  #take(change: StreamChange): void {
    if (change.kind === "rebuilt") this.#rebuild();
    else {
      for (const row of change.rows) {
        if (!this.#test(row) || this.#renews(row)) continue;
        if (this.isFrozen && this.#rows.size === STREAM_ROWS) {
          this.#untaken++;
          continue;
        }
        const gone = this.#rows.push(row);
        this.#onRow?.(row, 1);
        if (gone !== undefined) this.#onRow?.(gone, -1);
        if (this.isFrozen) this.#queued++;
      }
    }
    this.#onChange(change.kind);
  }

  /** Puts a newer version of an alert in the place of the one before; false when there is none. */
  #renews(row: TapeRow): boolean {
    if (row.kind !== "alerts") return false;
    for (let i = 0; i < Math.min(this.#rows.size, RENEWED_ROWS); i++) {
      const before = this.#rows.newest(i);
      if (before?.kind !== "alerts" || before.id !== row.id) continue;
      this.#rows.replaceNewest(i, row);
      this.#onRow?.(before, -1);
      this.#onRow?.(row, 1);
      return true;
    }
    return false;
  }

  #rebuild(): void {
    const top = this.at(0);
    this.#rows = new Ring<TapeRow>(STREAM_ROWS);
    this.#onReset?.();
    this.#untaken = 0;
    let queued = 0;
    let isPastTop = false;
    for (const row of this.stream.rows) {
      if (!this.#test(row)) continue;
      if (!this.#renews(row)) {
        this.#rows.push(row);
        this.#onRow?.(row, 1);
        if (isPastTop) queued++;
      }
      if (row.id === top?.id) isPastTop = true; // a snapshot has it as another object
    }
    // The row at the top stays there when it still passes.
    this.#queued = this.isFrozen && isPastTop ? queued : 0;
  }
}
