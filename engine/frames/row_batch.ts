import { COLUMN_TYPES, type ColumnArray } from "./column_types.ts";
import { arrayAs, type Frame } from "./frame.ts";
import { type Column, type Layout, LayoutError, placeOf } from "./layout.ts";
import { wordsOf } from "./epoch.ts";

const FIRST_ROWS = 64;

/**
 * Rows of one layout, filled column by column and used again: its arrays grow to the most rows that there
 * ever were and stay. Whoever fills it asks for room first and then for the arrays, which may be others.
 */
export class RowBatch {
  readonly layout: Layout;
  #count = 0;
  #capacity = 0;
  #columns: ColumnArray[];
  #words: (Int32Array | null)[];
  #valid: (Uint8Array | null)[];
  /** The frame of so many rows, kept while they stay as many. */
  #frame: Frame | null = null;

  /** @param layout Without header. */
  constructor(layout: Layout) {
    this.layout = layout;
    this.#columns = layout.columns.map(({ type }) => COLUMN_TYPES[type].array(0));
    this.#words = layout.columns.map(() => null);
    this.#valid = layout.columns.map(({ nullable }) => nullable ? new Uint8Array(0) : null);
  }

  /** Rows. */
  get count(): number {
    return this.#count;
  }

  /** Makes so many rows more, of any values but with one in each column. @returns The first of them. */
  extend(rows: number): number {
    const from = this.#count;
    this.#count += rows;
    if (this.#count > this.#capacity) this.#grow();
    for (const flags of this.#valid) flags?.fill(1, from, this.#count);
    if (rows > 0) this.#frame = null;
    return from;
  }

  /** Forgets the rows. */
  clear(): void {
    if (this.#count > 0) this.#frame = null;
    this.#count = 0;
  }

  /** Place of a column, for the calls below. @throws {LayoutError} When there is none of that name. */
  place(name: string): number {
    return placeOf(this.layout.columns, name);
  }

  /** Array of a column of doubles: `f64` and `i53`. @throws {LayoutError} When it is another. */
  doubles(place: number): Float64Array {
    return this.#array(Float64Array, place);
  }

  /** Array of an `i32` column. @throws {LayoutError} When it is another. */
  integers(place: number): Int32Array {
    return this.#array(Int32Array, place);
  }

  /** Array of flags or of codes. @throws {LayoutError} When it is another. */
  bytes(place: number): Uint8Array {
    return this.#array(Uint8Array, place);
  }

  /** Halves of an `i64` column, low before high. @throws {LayoutError} When it is another. */
  words(place: number): Int32Array {
    const known = this.#words[place] ?? wordsOf(this.#array(BigInt64Array, place));
    this.#words[place] = known;
    return known;
  }

  /** List of a column of texts. @throws {LayoutError} When it is another. */
  texts(place: number): string[] {
    const array = this.#columns[place];
    if (Array.isArray(array)) return array;
    throw new LayoutError("column", this.#column(place).name, "in a list of texts");
  }

  /** Of a nullable column: 1 in rows with a value, 0 in others. @throws {LayoutError} When it is none. */
  valid(place: number): Uint8Array {
    const flags = this.#valid[place];
    if (flags) return flags;
    throw new LayoutError("column", this.#column(place).name, "one that may lack values");
  }

  /** Takes all rows of a frame of the same layout behind those that are there. */
  append({ columns, valid }: Pick<Frame, "columns" | "valid">): void {
    const from = this.extend(columns[0]?.length ?? 0);
    for (let i = 0; i < columns.length; i++) {
      copyInto(this.#columns[i]!, columns[i]!, from);
      const flags = valid[i];
      if (flags) this.#valid[i]?.set(flags, from);
    }
  }

  /** The rows as a frame, valid until they change. */
  frame(): Frame {
    const count = this.#count;
    this.#frame ??= {
      layout: this.layout.name,
      header: [],
      columns: this.#columns.map((array) =>
        Array.isArray(array) ? array.slice(0, count) : array.subarray(0, count)
      ),
      valid: this.#valid.map((flags) => flags?.subarray(0, count) ?? null),
    };
    return this.#frame;
  }

  #array<A extends Exclude<ColumnArray, string[]>>(
    kind: { new (length: number): A; readonly name: string },
    place: number,
  ): A {
    return arrayAs(kind, this.#columns[place], this.#column(place).name);
  }

  #column(place: number): Column {
    const column = this.layout.columns[place];
    if (column !== undefined) return column;
    throw new LayoutError("column", this.layout.name, `a place of its columns`, { found: place });
  }

  #grow(): void {
    this.#capacity = Math.max(this.#count, 2 * this.#capacity, FIRST_ROWS);
    this.#columns = this.#columns.map((old, i) => {
      const grown = COLUMN_TYPES[this.layout.columns[i]!.type].array(this.#capacity);
      copyInto(grown, old, 0);
      return grown;
    });
    this.#words.fill(null);
    this.#valid = this.#valid.map((old) => {
      if (old === null) return null;
      const grown = new Uint8Array(this.#capacity).fill(1);
      grown.set(old);
      return grown;
    });
  }
}

/** Copies between arrays of one kind. */
function copyInto(into: ColumnArray, from: ColumnArray, at: number): void {
  if (Array.isArray(into)) { for (let i = 0; i < from.length; i++) into[at + i] = String(from[i]); }
  else (into as Float64Array).set(from as Float64Array, at);
}
