import { readText } from "./_field.ts";
import type { DbnVersion } from "./_layout.ts";
import { DbnError } from "./error.ts";
import type { DbnMetadata, MappingInterval, SymbolMapping } from "./metadata.ts";

/** Bytes before the metadata proper: magic, version, length. */
export const PRELUDE_BYTES = 8;
/** Offset after the fixed fields, in every version. */
export const METADATA_FIXED_END = 112;
/** Smallest metadata length that a file may state. */
export const MIN_METADATA_BYTES = 100;
/** Largest metadata length that is read; more is taken for damage. */
export const MAX_METADATA_BYTES = 16 * 1024 * 1024;
/** Most symbols, mappings and intervals together that are read; more are taken for damage. */
const MAX_METADATA_ITEMS = 100_000;

/** How many bytes the metadata took. */
export interface MetadataExtent {
  /** The stored length field: bytes after the first eight. */
  readonly length: number;
  /** Bytes after the last mapping. */
  readonly endPadding: number;
  /** The stored record count, which version 1 alone has and nobody may trust; else null. */
  readonly recordCount: bigint | null;
}

function damaged(what: string, byteOffset: number): DbnError {
  return new DbnError("metadata", `Cannot read DBN metadata as ${what}`, { byteOffset });
}

/** Reads the variable part; every count is checked against the bytes left before it is believed. */
class ListReader {
  offset = METADATA_FIXED_END;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #width: number;
  #items = 0;

  constructor(bytes: Uint8Array, view: DataView, width: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#width = width;
  }

  u32(): number {
    if (this.offset + 4 > this.#bytes.length) {
      throw damaged(`a count runs past its end: offset ${this.offset}`, this.offset);
    }
    const value = this.#view.getUint32(this.offset, true);
    this.offset += 4;
    return value;
  }

  count(itemBytes: number): number {
    const at = this.offset;
    const count = this.u32();
    if (count * itemBytes > this.#bytes.length - this.offset) {
      throw damaged(`a list of ${count} items of ${itemBytes} bytes does not fit`, at);
    }
    this.#items += count;
    if (this.#items > MAX_METADATA_ITEMS) {
      throw damaged(`it lists more than ${MAX_METADATA_ITEMS} items: ${this.#items}`, at);
    }
    return count;
  }

  text(): string {
    if (this.offset + this.#width > this.#bytes.length) {
      throw damaged(`a symbol runs past its end: offset ${this.offset}`, this.offset);
    }
    const text = readText(this.#bytes, this.offset, this.#width);
    this.offset += this.#width;
    return text;
  }

  // Made at their length: a list that grows by pushing keeps room for seventeen where it holds one.
  symbols(): string[] {
    return Array.from({ length: this.count(this.#width) }, () => this.text());
  }

  mappings(): SymbolMapping[] {
    return Array.from({ length: this.count(this.#width + 4) }, () => ({
      rawSymbol: this.text(),
      intervals: Array.from({ length: this.count(this.#width + 8) }, () => this.#interval()),
    }));
  }

  #interval(): MappingInterval {
    return { startDate: this.u32(), endDate: this.u32(), symbol: this.text() };
  }
}

/**
 * Reads a complete prelude with metadata.
 *
 * @param bytes From the magic to the end of the metadata (8 + stored length), no more.
 * @throws {DbnError} `metadata` when a count or string runs past the end, or a fixed field is wrong.
 * @see docs/methods/dbn.md, "Metadata".
 */
export function decodeMetadata(
  bytes: Uint8Array,
): { metadata: DbnMetadata; extent: MetadataExtent } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < METADATA_FIXED_END) {
    throw damaged(`it needs ${METADATA_FIXED_END} bytes: ${bytes.length}`, bytes.length);
  }
  const version = bytes[3] as DbnVersion;
  const shift = version === 1 ? 8 : 0; // version 1 still stores a record count at 50
  const symbolCstrLen = version === 1 ? 22 : view.getUint16(53, true);
  if (symbolCstrLen === 0) throw damaged("the symbol width is 0", 53);
  const schemaDefinitionBytes = view.getUint32(108, true);
  if (schemaDefinitionBytes !== 0) {
    throw damaged(`a schema definition is not supported: ${schemaDefinitionBytes} bytes`, 108);
  }
  const lists = new ListReader(bytes, view, symbolCstrLen);
  const metadata: DbnMetadata = {
    version,
    dataset: readText(bytes, 8, 16),
    schema: view.getUint16(24, true),
    startNs: view.getBigUint64(26, true),
    endNs: view.getBigUint64(34, true),
    limit: view.getBigUint64(42, true),
    stypeIn: bytes[50 + shift]!,
    stypeOut: bytes[51 + shift]!,
    tsOut: bytes[52 + shift] === 1,
    symbolCstrLen,
    symbols: lists.symbols(),
    partial: lists.symbols(),
    notFound: lists.symbols(),
    mappings: lists.mappings(),
  };
  const length = bytes.length - PRELUDE_BYTES;
  const recordCount = version === 1 ? view.getBigUint64(50, true) : null;
  return { metadata, extent: { length, endPadding: bytes.length - lists.offset, recordCount } };
}

/** Bytes of the encoded metadata after the prelude, before padding. */
function unpaddedBytes(metadata: DbnMetadata): number {
  const width = metadata.symbolCstrLen;
  const { symbols, partial, notFound } = metadata;
  let bytes = MIN_METADATA_BYTES + 5 * 4 +
    width * (symbols.length + partial.length + notFound.length);
  for (const { intervals } of metadata.mappings) {
    bytes += width + 4 + intervals.length * (8 + width);
  }
  return bytes;
}

function writeAscii(bytes: Uint8Array, offset: number, width: number, text: string): void {
  if (text.length >= width) {
    throw new RangeError(
      `Cannot encode metadata as text is longer than ${width - 1} bytes: ${JSON.stringify(text)}`,
    );
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || code > 127) {
      throw new RangeError(
        `Cannot encode metadata as text must be ASCII without NUL: ${JSON.stringify(text)}`,
      );
    }
    bytes[offset + i] = code;
  }
}

function writeFixed(bytes: Uint8Array, view: DataView, metadata: DbnMetadata): void {
  const { version, symbolCstrLen } = metadata;
  bytes.set([0x44, 0x42, 0x4e, version]);
  view.setUint32(4, bytes.length - PRELUDE_BYTES, true);
  writeAscii(bytes, 8, 16, metadata.dataset);
  view.setUint16(24, metadata.schema, true);
  view.setBigUint64(26, metadata.startNs, true);
  view.setBigUint64(34, metadata.endNs, true);
  view.setBigUint64(42, metadata.limit, true);
  const shift = version === 1 ? 8 : 0;
  if (version === 1) bytes.fill(0xff, 50, 58); // the record count of version 1, no longer used
  bytes[50 + shift] = metadata.stypeIn;
  bytes[51 + shift] = metadata.stypeOut;
  bytes[52 + shift] = metadata.tsOut ? 1 : 0;
  if (version > 1) view.setUint16(53, symbolCstrLen, true);
}

/**
 * Prelude and metadata of a file in `metadata.version`.
 *
 * @throws {RangeError} When text is not ASCII or too long for its field, or the version 1 symbol
 * width is not 22.
 * @see docs/methods/dbn.md, "Metadata".
 */
export function encodeMetadata(metadata: DbnMetadata): Uint8Array {
  const { version, symbolCstrLen: width } = metadata;
  if (version === 1 ? width !== 22 : !(Number.isInteger(width) && width > 0 && width < 65_536)) {
    throw new RangeError(
      `Cannot encode metadata of version ${version} with symbol width: ${width}`,
    );
  }
  const unpadded = unpaddedBytes(metadata);
  const length = version === 3 ? (unpadded + 7) & ~7 : unpadded;
  const bytes = new Uint8Array(PRELUDE_BYTES + length);
  const view = new DataView(bytes.buffer);
  writeFixed(bytes, view, metadata);
  let at = METADATA_FIXED_END;
  const u32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const text = (value: string) => {
    writeAscii(bytes, at, width, value);
    at += width;
  };
  for (const list of [metadata.symbols, metadata.partial, metadata.notFound]) {
    u32(list.length);
    for (const symbol of list) text(symbol);
  }
  u32(metadata.mappings.length);
  for (const { rawSymbol, intervals } of metadata.mappings) {
    text(rawSymbol);
    u32(intervals.length);
    for (const { startDate, endDate, symbol } of intervals) {
      u32(startDate);
      u32(endDate);
      text(symbol);
    }
  }
  return bytes;
}
