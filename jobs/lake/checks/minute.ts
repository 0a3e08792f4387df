import {
  arrayAs,
  type Column,
  type Frame,
  LayoutError,
  rowsOf,
  valueAt,
} from "../../../engine/frames/mod.ts";
import type { TableLayout } from "../../../engine/frames/surfaces/mod.ts";

/** Numbers, flags or places of codes, one per row. */
export type Numbers = Float64Array | Int32Array | Uint8Array;

/** Rows of one window, `[from, to)`. */
export interface WindowRows {
  readonly endNs: bigint;
  readonly from: number;
  readonly to: number;
}

const NONE: Frame = { layout: "", header: [], columns: [], valid: [] };

/** Rows that a table has of some windows. */
export class Rows {
  readonly table: TableLayout;
  readonly count: number;
  /** In order; a window without rows is not among them. */
  readonly windows: readonly WindowRows[];
  readonly #frame: Frame;
  readonly #byEnd: ReadonlyMap<bigint, WindowRows>;

  /** @param frame Of the table; none when it has no rows. */
  constructor(table: TableLayout, frame: Frame = NONE) {
    this.table = table;
    this.#frame = frame;
    this.count = rowsOf(frame);
    this.windows = this.count === 0 ? [] : windowsOf(this.#ends());
    this.#byEnd = new Map(this.windows.map((window) => [window.endNs, window]));
  }

  /** Rows of the window that ends at a time; null when there are none. */
  of(endNs: bigint): WindowRows | null {
    return this.#byEnd.get(endNs) ?? null;
  }

  /** A column of numbers, flags or codes. @throws {LayoutError} When it is none. */
  numbers(name: string): Numbers {
    const array = this.#frame.columns[this.#place(name)];
    if (array === undefined && this.count === 0) return new Float64Array(0);
    if (
      array instanceof Float64Array || array instanceof Int32Array || array instanceof Uint8Array
    ) return array;
    throw new LayoutError("column", name, "a column of numbers");
  }

  /** Key of a row, for people. */
  key(row: number): string {
    return this.table.key.map((name) => {
      const place = this.#place(name);
      const { columns, valid } = this.#frame;
      const column: Column = this.table.columns[place]!;
      return `${name} ${valueAt(column, columns[place]!, valid[place]!, row)}`;
    }).join(", ");
  }

  #ends(): BigInt64Array {
    const name = "window_end_ts_ns";
    return arrayAs(BigInt64Array, this.#frame.columns[this.#place(name)], name);
  }

  #place(name: string): number {
    const place = this.table.columns.findIndex((column) => column.name === name);
    if (place < 0) throw new LayoutError("column", name, `a column of ${this.table.name}`);
    return place;
  }
}

function windowsOf(ends: BigInt64Array): readonly WindowRows[] {
  const windows: WindowRows[] = [];
  for (let from = 0, row = 1; row <= ends.length; row++) {
    if (row < ends.length && ends[row] === ends[from]) continue;
    windows.push({ endNs: ends[from]!, from, to: row });
    from = row;
  }
  return windows;
}

/** What all tables have of the windows of a minute. */
export class Minute {
  readonly #rows: ReadonlyMap<string, Rows>;

  /** @param rows By names of their tables. */
  constructor(rows: ReadonlyMap<string, Rows>) {
    this.#rows = rows;
  }

  /** Rows of a table; none where it was not made or has none. */
  of(table: TableLayout): Rows {
    return this.#rows.get(table.name) ?? new Rows(table);
  }

  /** Of all tables. */
  all(): Iterable<Rows> {
    return this.#rows.values();
  }
}
