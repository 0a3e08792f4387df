/** A field of a table to write: its slot, how many bytes its value has, and the value; 0 is left out. */
export type FlatField =
  | { readonly slot: number; readonly bytes: 1 | 2 | 4 | 8; readonly value: number }
  | { readonly slot: number; readonly at: number };

const WORD = 4_294_967_296;
const FIRST_BYTES = 1_024;

/**
 * Writes a FlatBuffers message from its end to its beginning, as the format asks for: what is pointed to
 * comes before what points to it. Places are counted from the end. The bytes are those of the format's
 * own builder, given the same in the same order.
 *
 * @see https://flatbuffers.dev/internals/
 */
export class FlatBuilder {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  /** Bytes that are written. */
  #written = 0;
  #align = 1;
  /** Places of the tables' directories, which tables of the same shape share. */
  readonly #directories: number[] = [];

  /** Writes a text. @returns Its place. */
  text(value: string): number {
    const utf8 = new TextEncoder().encode(value);
    this.#put(1, 0);
    this.#prepare(4, utf8.length);
    this.#written += utf8.length;
    this.#bytes.set(utf8, this.#bytes.length - this.#written);
    this.#put(4, utf8.length);
    return this.#written;
  }

  /** Writes a list of tables. @param places Theirs. @returns Its own. */
  list(places: readonly number[]): number {
    this.#prepare(4, 4 * places.length);
    for (const place of places.toReversed()) this.#point(place);
    this.#put(4, places.length);
    return this.#written;
  }

  /** Writes a list of structs, each of 64-bit integers, |x| ≤ 2^53. @returns Its place. */
  structs(items: readonly (readonly number[])[], itemBytes: number): number {
    this.#prepare(4, itemBytes * items.length);
    this.#prepare(8, itemBytes * items.length);
    for (const item of items.toReversed()) {
      for (const value of item.toReversed()) this.#put(8, value);
    }
    this.#put(4, items.length);
    return this.#written;
  }

  /** Writes a table. @param fields In the order in which they are to lie, the last one first. @returns Its place. */
  table(fields: readonly FlatField[]): number {
    const from = this.#written;
    const places: number[] = [];
    for (const field of fields) {
      if ("at" in field) this.#point(field.at);
      else if (field.value === 0) continue;
      else this.#put(field.bytes, field.value);
      places[field.slot] = this.#written;
    }
    this.#put(4, 0);
    const table = this.#written;
    for (let slot = places.length - 1; slot >= 0; slot--) {
      const place = places[slot];
      this.#put(2, place === undefined ? 0 : table - place);
    }
    this.#put(2, table - from);
    this.#put(2, 4 + 2 * places.length);
    this.#setInt32(table, this.#directory(table) - table);
    return table;
  }

  /** Ends the message. @param root Place of its table. @returns Its bytes, valid while nothing more is written. */
  finish(root: number): Uint8Array {
    this.#prepare(this.#align, 4);
    this.#point(root);
    return this.#bytes.subarray(this.#bytes.length - this.#written);
  }

  /** The directory that was just written, or in its place an earlier one that is equal. */
  #directory(table: number): number {
    const own = this.#written;
    const length = this.#uint16(own);
    const known = this.#directories.find((other) => {
      for (let i = 0; i < length; i += 2) {
        if (this.#uint16(own - i) !== this.#uint16(other - i)) return false;
      }
      return true;
    });
    if (known === undefined) this.#directories.push(own);
    else this.#written = table;
    return known ?? own;
  }

  /** Puts a pointer to what is at a place. */
  #point(place: number): void {
    this.#prepare(4, 0);
    this.#put(4, this.#written - place + 4);
  }

  #put(bytes: 1 | 2 | 4 | 8, value: number): void {
    this.#prepare(bytes, 0);
    this.#written += bytes;
    const at = this.#bytes.length - this.#written;
    if (bytes === 1) this.#view.setInt8(at, value);
    else if (bytes === 2) this.#view.setInt16(at, value, true);
    else this.#view.setInt32(at, value % WORD, true);
    if (bytes === 8) this.#view.setInt32(at + 4, Math.floor(value / WORD), true);
  }

  /** Pads so that `size` bytes are aligned to themselves when `more` bytes have been written. */
  #prepare(size: number, more: number): void {
    if (size > this.#align) this.#align = size;
    const padding = -(this.#written + more) & (size - 1);
    while (this.#written + padding + more + size > this.#bytes.length) this.#grow();
    const end = this.#bytes.length - this.#written;
    this.#bytes.fill(0, end - padding, end);
    this.#written += padding;
  }

  #grow(): void {
    const grown = new Uint8Array(2 * this.#bytes.length);
    grown.set(this.#bytes, this.#bytes.length);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #setInt32(place: number, value: number): void {
    this.#view.setInt32(this.#bytes.length - place, value, true);
  }

  #uint16(place: number): number {
    return this.#view.getUint16(this.#bytes.length - place, true);
  }
}
