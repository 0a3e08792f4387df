import { type Frame, RowBatch, rowsOf } from "../../../engine/frames/mod.ts";
import type { TableLayout } from "../../../engine/frames/surfaces/mod.ts";

const SECOND_NS = 1_000_000_000n;
const MINUTE_NS = 60n * SECOND_NS;
/** Rows of a group of a table without windows. */
const RECORDS_PER_GROUP = 65_536;

/**
 * Gathers rows into row groups that depend on the rows alone, however they come: the 60 windows of a
 * minute of exchange time, or so many records.
 */
export class RowGroups {
  readonly #rows: RowBatch;
  /** Place of the window's end, or −1. */
  readonly #time: number;
  readonly #onGroup: (frame: Frame) => void;
  #minute: bigint | null = null;

  /** @param onGroup Takes a group; it is valid during the call. */
  constructor(table: TableLayout, onGroup: (frame: Frame) => void) {
    this.#rows = new RowBatch(table);
    this.#time = table.columns.findIndex(({ name }) => name === "window_end_ts_ns");
    this.#onGroup = onGroup;
  }

  /** Takes rows behind those before, of which nothing is kept but copies. */
  take(frame: Pick<Frame, "columns" | "valid">): void {
    const rows = rowsOf(frame);
    for (let from = 0; from < rows;) {
      const to = this.#time < 0
        ? this.#recordsUntil(from, rows)
        : this.#minuteUntil(frame, from, rows);
      this.#rows.append(part(frame, from, to));
      if (this.#time < 0 && this.#rows.count === RECORDS_PER_GROUP) this.finish();
      from = to;
    }
  }

  /** Hands over what there is. */
  finish(): void {
    if (this.#rows.count > 0) this.#onGroup(this.#rows.frame());
    this.#rows.clear();
  }

  #recordsUntil(from: number, rows: number): number {
    return Math.min(rows, from + RECORDS_PER_GROUP - this.#rows.count);
  }

  /** Row after the last one of the minute of row `from`, which a new group begins with where it must. */
  #minuteUntil({ columns }: Pick<Frame, "columns">, from: number, rows: number): number {
    const ends = columns[this.#time] as BigInt64Array;
    const minute = minuteOf(ends[from]!);
    if (minute !== this.#minute) this.finish();
    this.#minute = minute;
    let to = from + 1;
    let known = ends[from]!;
    for (; to < rows; to++) {
      if (ends[to] === known) continue;
      known = ends[to]!;
      if (minuteOf(known) !== minute) break;
    }
    return to;
  }
}

/** Minute that a window begins in. */
function minuteOf(windowEndNs: bigint): bigint {
  return (windowEndNs - SECOND_NS) / MINUTE_NS;
}

function part(
  { columns, valid }: Pick<Frame, "columns" | "valid">,
  from: number,
  to: number,
): Pick<Frame, "columns" | "valid"> {
  return {
    columns: columns.map((array) =>
      Array.isArray(array) ? array.slice(from, to) : array.subarray(from, to)
    ),
    valid: valid.map((flags) => flags?.subarray(from, to) ?? null),
  };
}
