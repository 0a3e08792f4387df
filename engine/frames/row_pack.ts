import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { type Frame, rowsOf } from "./frame.ts";
import { type Layout, LayoutError } from "./layout.ts";

type NumberArray = Exclude<ColumnArray, string[]>;

/** Every column of a pack begins at a multiple of so many bytes. */
const ALIGN_BYTES = 8;

/**
 * Lays the columns of one frame of any number of rows into a part of a buffer, beside those of other
 * layouts, so that all of them move between threads at once and are kept as one piece of memory. Columns
 * that are the same in every row and known from elsewhere can be left out.
 */
export class RowPack {
  readonly #layout: Layout;
  readonly #isLeftOut: readonly boolean[];

  /**
   * @param layout Of numbers, flags and codes, without header.
   * @param leftOut Names of columns that are not kept.
   * @throws {LayoutError} When a column that is kept holds texts.
   */
  constructor(layout: Layout, leftOut: readonly string[] = []) {
    this.#layout = layout;
    this.#isLeftOut = layout.columns.map(({ name }) => leftOut.includes(name));
    layout.columns.forEach(({ name, type }, i) => {
      if (!this.#isLeftOut[i] && Array.isArray(COLUMN_TYPES[type].array(0))) {
        throw new LayoutError("column", name, "of numbers or codes to be packed");
      }
    });
  }

  /** Bytes of so many rows. */
  bytesOf(rows: number): number {
    let bytes = 0;
    this.#layout.columns.forEach(({ type, nullable }, i) => {
      if (this.#isLeftOut[i]) return;
      bytes += padded(rows * elementBytes(type));
      if (nullable) bytes += padded(rows);
    });
    return bytes;
  }

  /**
   * Copies a frame's rows in. What is in the columns that are left out does not matter.
   *
   * @param at Where they begin, a multiple of 8.
   */
  put(buffer: ArrayBuffer, at: number, frame: Pick<Frame, "columns" | "valid">): void {
    const into = this.views(buffer, at, rowsOf(frame));
    frame.columns.forEach((column, i) => {
      if (this.#isLeftOut[i]) return;
      (into.columns[i] as Float64Array).set(column as Float64Array);
      const flags = frame.valid[i] ?? null;
      if (flags === null) into.valid[i]?.fill(1);
      else into.valid[i]?.set(flags);
    });
  }

  /** The columns where they lie, without a copy; those left out are empty. */
  views(buffer: ArrayBuffer, at: number, rows: number): Pick<Frame, "columns" | "valid"> {
    const columns: NumberArray[] = [];
    const valid: (Uint8Array | null)[] = [];
    let place = at;
    this.#layout.columns.forEach(({ type, nullable }, i) => {
      const like = COLUMN_TYPES[type].array(0) as NumberArray;
      if (this.#isLeftOut[i]) {
        columns.push(like);
        valid.push(null);
        return;
      }
      const Kind = like.constructor as new (
        buffer: ArrayBuffer,
        at: number,
        length: number,
      ) => NumberArray;
      columns.push(new Kind(buffer, place, rows));
      place += padded(rows * like.BYTES_PER_ELEMENT);
      valid.push(nullable ? new Uint8Array(buffer, place, rows) : null);
      if (nullable) place += padded(rows);
    });
    return { columns, valid };
  }
}

function elementBytes(type: keyof typeof COLUMN_TYPES): number {
  return (COLUMN_TYPES[type].array(0) as NumberArray).BYTES_PER_ELEMENT;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES;
}
