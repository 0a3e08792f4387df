import { COLUMN_TYPES, type ColumnArray, type ColumnValue, putValue } from "./column_types.ts";
import type { Frame } from "./frame.ts";
import { type Layout, LayoutError } from "./layout.ts";

/** Makes frames of rows that come one by one as objects, for a layout of many rows without header. */
export class FrameBuilder {
  readonly #layout: Layout;
  readonly #capacity: number;
  #columns: readonly ColumnArray[];
  #valid: readonly (Uint8Array | null)[];
  #count = 0;

  /** @param capacity Rows that fit. */
  constructor(layout: Layout, capacity: number) {
    this.#layout = layout;
    this.#capacity = capacity;
    this.#columns = this.#newColumns();
    this.#valid = this.#newValid();
  }

  get full(): boolean {
    return this.#count === this.#capacity;
  }

  /**
   * Takes a row. Where it lacks a value, or holds null, the frame has none.
   *
   * @throws {LayoutError} When it lacks one that must be there.
   * @throws {RangeError} When a value is no integer where the layout has 64-bit ones.
   */
  add(row: Readonly<Record<string, ColumnValue | null | undefined>>): void {
    const at = this.#count++;
    this.#layout.columns.forEach(({ name }, i) => {
      const value = row[name] ?? null;
      const valid = this.#valid[i];
      if (value !== null) return putValue(this.#columns[i]!, at, value);
      if (!valid) throw new LayoutError("column", name, "there in every row");
      valid[at] = 0;
    });
  }

  /** The rows since the last call. */
  take(): Frame {
    const count = this.#count;
    const frame: Frame = {
      layout: this.#layout.name,
      header: [],
      columns: this.#columns.map((array) =>
        Array.isArray(array) ? array.slice(0, count) : array.subarray(0, count)
      ),
      valid: this.#valid.map((flags) => flags?.subarray(0, count) ?? null),
    };
    this.#columns = this.#newColumns();
    this.#valid = this.#newValid();
    this.#count = 0;
    return frame;
  }

  #newColumns(): readonly ColumnArray[] {
    return this.#layout.columns.map(({ type }) => COLUMN_TYPES[type].array(this.#capacity));
  }

  #newValid(): readonly (Uint8Array | null)[] {
    return this.#layout.columns.map(({ nullable }) =>
      nullable ? new Uint8Array(this.#capacity).fill(1) : null
    );
  }
}
