import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import type { Frame } from "./frame.ts";
import { type Column, type Layout, LayoutError } from "./layout.ts";

type NumberArray = Exclude<ColumnArray, string[]>;

/**
 * Frames of one layout, column by column in one buffer, which moves between threads without a copy. Both
 * sides make it of the same layout and capacity.
 */
export class FrameBatch {
  readonly capacity: number;
  readonly buffer: ArrayBuffer;
  count: number;
  /** Rows of a frame. */
  readonly rows: number;
  readonly #header: readonly NumberArray[];
  readonly #columns: readonly NumberArray[];

  /**
   * @param layout Of numbers and flags in every row, and a fixed number of rows.
   * @param capacity Frames that fit.
   * @param buffer One that another batch of the same layout and capacity gave up.
   * @param count Frames that the buffer holds already.
   * @throws {LayoutError} When the layout has texts, nulls or frames of any length.
   */
  constructor(layout: Layout, capacity: number, buffer?: ArrayBuffer, count = 0) {
    const { name, rows, header, columns } = layout;
    if (rows === "many") throw new LayoutError("rows", name, "of a fixed number of rows");
    const places = new Places();
    const all = [
      ...header.map((column) => places.add(column, capacity)),
      ...columns.map((column) => places.add(column, capacity * rows)),
    ];
    this.capacity = capacity;
    this.rows = rows;
    this.buffer = buffer ?? new ArrayBuffer(places.bytes);
    this.count = count;
    const arrays = all.map((place) => place(this.buffer));
    this.#header = arrays.slice(0, header.length);
    this.#columns = arrays.slice(header.length);
  }

  get full(): boolean {
    return this.count === this.capacity;
  }

  /** Copies a frame in. */
  add({ header, columns }: Frame): void {
    const at = this.count++;
    for (let i = 0; i < header.length; i++) copyInto(this.#header[i]!, header[i]!, at);
    for (let i = 0; i < columns.length; i++) {
      copyInto(this.#columns[i]!, columns[i]!, at * this.rows);
    }
  }

  /** The header's columns, each of shape [count]. */
  header(): readonly NumberArray[] {
    return this.#header.map((array) => array.subarray(0, this.count));
  }

  /** The columns, each of shape [count × rows], frame by frame. */
  columns(): readonly NumberArray[] {
    return this.#columns.map((array) => array.subarray(0, this.count * this.rows));
  }
}

/** Lays arrays out one after the other, each where its elements may begin. */
class Places {
  bytes = 0;

  add({ name, type, nullable }: Column, length: number): (buffer: ArrayBuffer) => NumberArray {
    const like = COLUMN_TYPES[type].array(0);
    if (Array.isArray(like) || nullable) {
      throw new LayoutError("column", name, "of numbers in every row to move between threads");
    }
    const at = Math.ceil(this.bytes / like.BYTES_PER_ELEMENT) * like.BYTES_PER_ELEMENT;
    this.bytes = at + length * like.BYTES_PER_ELEMENT;
    const Kind = like.constructor as new (
      buffer: ArrayBuffer,
      at: number,
      length: number,
    ) => NumberArray;
    return (buffer) => new Kind(buffer, at, length);
  }
}

/** Copies between arrays of one kind, which both sides' layout gives. */
function copyInto(into: NumberArray, from: ColumnArray, at: number): void {
  (into as Float64Array).set(from as Float64Array, at);
}
