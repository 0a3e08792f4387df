import { readField } from "./_field.ts";
import type { DbnVersion, RecordLayout } from "./_layout.ts";
import { type DbnRecord, readRecord } from "./record.ts";

/** One record other than mbo, as bytes with its layout. Valid during the sink call only. */
export class RecordView {
  /** The whole record, with its suffix. */
  readonly bytes: Uint8Array;
  /** Version of the layout; null in a fragment that has not shown its version yet. */
  readonly version: DbnVersion | null;
  readonly hasTsOut: boolean;
  /** Position in the stream, 0 for the first record. */
  readonly index: number;
  readonly #layout: RecordLayout;

  constructor(
    bytes: Uint8Array,
    layout: RecordLayout,
    version: DbnVersion | null,
    hasTsOut: boolean,
    index: number,
  ) {
    this.bytes = bytes;
    this.version = version;
    this.hasTsOut = hasTsOut;
    this.index = index;
    this.#layout = layout;
  }

  /** Name of the record type, for instance `definition`, `symbol_mapping`, `trade`. */
  get record(): string {
    return this.#layout.record;
  }

  /** The record type byte. */
  get rtype(): number {
    return this.#layout.rtype;
  }

  /** Instrument id of the header. */
  get instrumentId(): number {
    return this.#view().getUint32(4, true);
  }

  /** Matching-engine time, ns UTC. */
  get tsEventNs(): bigint {
    return this.#view().getBigUint64(8, true);
  }

  /**
   * Value of one field: a number, a bigint for 64-bit integers, or text.
   *
   * @throws {RangeError} When the record has no field of that name.
   */
  get(name: string): number | bigint | string {
    const f = this.#layout.fields.find((entry) => entry.name === name);
    if (f === undefined) {
      throw new RangeError(`Cannot read a ${this.record} record as it lacks the field: "${name}"`);
    }
    const value = readField(this.bytes, this.#view(), 0, f);
    return f.type === "u64" || f.type === "i64" ? BigInt(value) : value;
  }

  /** Names and values of all fields. */
  toRecord(): DbnRecord {
    return readRecord(this.bytes, 0, this.bytes.length, this.#layout, this.hasTsOut);
  }

  #view(): DataView {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }
}
