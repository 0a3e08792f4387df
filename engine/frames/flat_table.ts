const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A table in a FlatBuffers message. Fields are asked for by their slot, which is their place in the
 * schema; one that the table lacks has its default.
 *
 * @see https://flatbuffers.dev/internals/
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The table that a message begins with. @throws {RangeError} As every read past the message's end. */
  static root(view: DataView): FlatTable {
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** A flag, or an enumeration or union's tag of one byte. */
  byte(slot: number): number {
    const at = this.#field(slot);
    return at === 0 ? 0 : this.#view.getUint8(at);
  }

  /** An enumeration of two bytes. */
  int16(slot: number): number {
    const at = this.#field(slot);
    return at === 0 ? 0 : this.#view.getInt16(at, true);
  }

  int32(slot: number): number {
    const at = this.#field(slot);
    return at === 0 ? 0 : this.#view.getInt32(at, true);
  }

  /** A 64-bit integer, exact up to 2^53. */
  int64(slot: number): number {
    const at = this.#field(slot);
    return at === 0 ? 0 : Number(this.#view.getBigInt64(at, true));
  }

  /** A text; "" by default. */
  text(slot: number): string {
    const field = this.#field(slot);
    if (field === 0) return "";
    const { buffer, byteOffset } = this.#view;
    const at = field + this.#view.getUint32(field, true);
    return TEXT.decode(
      new Uint8Array(buffer, byteOffset + at + 4, this.#view.getUint32(at, true)),
    );
  }

  /** A table within the table; null by default. */
  table(slot: number): FlatTable | null {
    const at = this.#field(slot);
    return at === 0 ? null : new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  /** A list of tables; empty by default. */
  tables(slot: number): readonly FlatTable[] {
    return this.#vector(slot, 4).map((at) =>
      new FlatTable(this.#view, at + this.#view.getUint32(at, true))
    );
  }

  /** A list of pairs of 64-bit integers, each exact up to 2^53; empty by default. */
  pairs(slot: number): readonly (readonly [number, number])[] {
    const wide = (at: number) => Number(this.#view.getBigInt64(at, true));
    return this.#vector(slot, 16).map((at) => [wide(at), wide(at + 8)] as const);
  }

  /** Where the items of a list lie. */
  #vector(slot: number, itemBytes: number): number[] {
    const field = this.#field(slot);
    if (field === 0) return [];
    const at = field + this.#view.getUint32(field, true);
    const length = this.#view.getUint32(at, true);
    // A broken length must not ask for more memory than the message has.
    if (at + 4 + length * itemBytes > this.#view.byteLength) {
      throw new RangeError(`Cannot read a list as it is longer than its message: ${length}`);
    }
    return Array.from({ length }, (_, i) => at + 4 + i * itemBytes);
  }

  /** Where a field lies, or 0 when the table lacks it. */
  #field(slot: number): number {
    const places = this.#at - this.#view.getInt32(this.#at, true);
    const place = 4 + 2 * slot;
    if (place >= this.#view.getUint16(places, true)) return 0;
    const offset = this.#view.getUint16(places + place, true);
    return offset === 0 ? 0 : this.#at + offset;
  }
}
