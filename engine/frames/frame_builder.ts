import { COLUMN_TYPES, type ColumnArray, type ColumnValue } from "./column_types.ts";
import { type Frame, setValue } from "./frame.ts";
import { type Layout, LayoutError } from "./layout.ts";

/** Makes frames of rows that come one by one as objects, for a layout of many rows without header. */
export class FrameBuilder {
  readonly #layout: Layout;
  readonly #capacity: number;
  #columns: readonly ColumnArray[] = [];
  #valid: readonly (Uint8Array | null)[] = [];
  #count = 0;

  /** @param capacity Most rows of a frame. */
  constructor(layout: Layout, capacity: number) {
    this.#layout = layout;
    this.#capacity = capacity;
  }

  /** Rows since the last frame. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes a row. Where it lacks a value, or holds null, the frame has none.
   *
   * @throws {LayoutError} When it lacks one that must be there, has a text that is none of a column's
   * codes, or the frame is full.
   * @throws {RangeError} When a value is no integer where the layout has 64-bit ones.
   */
  add(row: Readonly<Record<string, ColumnValue | null | undefined>>): void {
    const { name, columns } = this.#layout;
    if (this.#count === this.#capacity) {
      throw new LayoutError("rows", name, `of ${this.#capacity} rows at most`);
    }
    if (this.#count === 0) this.#begin();
    const at = this.#count++;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const value = row[column.name] ?? null;
      const valid = this.#valid[i];
      if (value !== null) setValue(column, this.#columns[i]!, at, value);
      else if (valid) valid[at] = 0;
      else throw new LayoutError("column", column.name, "there in every row");
    }
  }

  /** The rows since the last call. */
  take(): Frame {
    if (this.#count === 0) this.#begin();
    const count = this.#count;
    this.#count = 0;
    return {
      layout: this.#layout.name,
      header: [],
      columns: this.#columns.map((array) =>
        Array.isArray(array) ? array.slice(0, count) : array.subarray(0, count)
      ),
      valid: this.#valid.map((flags) => flags?.subarray(0, count) ?? null),
    };
  }

  #begin(): void {
    const { columns } = this.#layout;
    this.#columns = columns.map(({ type }) => COLUMN_TYPES[type].array(this.#capacity));
    this.#valid = columns.map(({ nullable }) =>
      nullable ? new Uint8Array(this.#capacity).fill(1) : null
    );
  }
}
