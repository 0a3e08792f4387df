import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { type Frame, rowsOf } from "./frame.ts";
import { type Layout, LayoutError } from "./layout.ts";

type NumberArray = Exclude<ColumnArray, string[]>;
type NumberArrayOf = new (buffer: ArrayBuffer, at: number, length: number) => NumberArray;

/** How a column lies in a pack. */
type PackedColumn =
  | { readonly isLeftOut: true; readonly empty: ColumnArray }
  | {
    readonly isLeftOut: false;
    readonly Kind: NumberArrayOf;
    readonly bytes: number;
    readonly isNullable: boolean;
  };

/** Every column of a pack begins at a multiple of so many bytes. */
const ALIGN_BYTES = 8;

/**
 * Lays the columns of one frame of any number of rows into a part of a buffer, beside those of other
 * layouts, so that all of them move between threads at once and are kept as one piece of memory. Columns
 * that are the same in every row and known from elsewhere can be left out.
 */
export class RowPack {
  readonly #columns: readonly PackedColumn[];

  /**
   * @param layout Of numbers, flags and codes, without header.
   * @param leftOut Names of columns that are not kept.
   * @throws {LayoutError} When a column that is kept holds texts.
   */
  constructor(layout: Layout, leftOut: readonly string[] = []) {
    this.#columns = layout.columns.map(({ name, type, nullable }) => {
      const empty = COLUMN_TYPES[type].array(0);
      if (leftOut.includes(name)) return { isLeftOut: true, empty };
      if (Array.isArray(empty)) {
        throw new LayoutError("column", name, "of numbers or codes to be packed");
      }
      return {
        isLeftOut: false,
        Kind: empty.constructor as NumberArrayOf,
        bytes: empty.BYTES_PER_ELEMENT,
        isNullable: nullable ?? false,
      };
    });
  }

  /** Bytes of so many rows. */
  bytesOf(rows: number): number {
    let bytes = 0;
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]!;
      if (column.isLeftOut) continue;
      bytes += padded(rows * column.bytes);
      if (column.isNullable) bytes += padded(rows);
    }
    return bytes;
  }

  /**
   * Copies a frame's rows in. What is in the columns that are left out does not matter.
   *
   * @param at Where they begin, a multiple of 8.
   */
  put(buffer: ArrayBuffer, at: number, frame: Pick<Frame, "columns" | "valid">): void {
    const into = this.views(buffer, at, rowsOf(frame));
    for (let i = 0; i < this.#columns.length; i++) {
      if (this.#columns[i]!.isLeftOut) continue;
      (into.columns[i] as Float64Array).set(frame.columns[i] as Float64Array);
      const flags = frame.valid[i] ?? null;
      if (flags === null) into.valid[i]?.fill(1);
      else into.valid[i]?.set(flags);
    }
  }

  /** The columns where they lie, without a copy; those left out are empty. */
  views(buffer: ArrayBuffer, at: number, rows: number): Pick<Frame, "columns" | "valid"> {
    const columns: ColumnArray[] = [];
    const valid: (Uint8Array | null)[] = [];
    let place = at;
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]!;
      if (column.isLeftOut) {
        columns.push(column.empty);
        valid.push(null);
        continue;
      }
      columns.push(new column.Kind(buffer, place, rows));
      place += padded(rows * column.bytes);
      valid.push(column.isNullable ? new Uint8Array(buffer, place, rows) : null);
      if (column.isNullable) place += padded(rows);
    }
    return { columns, valid };
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES;
}
