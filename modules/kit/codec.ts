import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { AnyRecord } from "../tape/mod.ts";

/** Largest value that the store writes, bytes; Deno KV takes 65,536. */
export const MAX_VALUE_BYTES = 64_000;

/** Level 1 takes a third of the time of the default level and 10 % more room. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Compressed JSON of a value. */
export function pack(value: unknown): Uint8Array {
  return new Uint8Array(zstdCompressSync(encoder.encode(JSON.stringify(value)), OPTIONS));
}

/** Reads what {@link pack} wrote. @throws {SyntaxError} When the bytes are no packed JSON. */
export function unpack(bytes: unknown): unknown {
  if (!(bytes instanceof Uint8Array)) {
    throw new SyntaxError("Cannot read a chunk as it is no bytes");
  }
  try {
    return JSON.parse(decoder.decode(zstdDecompressSync(bytes)));
  } catch (error) {
    throw new SyntaxError("Cannot read a chunk as its bytes are damaged", { cause: error });
  }
}

/**
 * Packs items into as few values as fit, in order.
 *
 * @throws {RangeError} When one item alone is larger than a value may be.
 */
export function packParts<T>(items: readonly T[], wrap: (part: readonly T[]) => unknown) {
  const parts: Uint8Array[] = [];
  const add = (from: number, to: number): void => {
    const bytes = pack(wrap(items.slice(from, to)));
    if (bytes.length <= MAX_VALUE_BYTES) {
      parts.push(bytes);
      return;
    }
    if (to - from <= 1) {
      throw new RangeError(`Cannot store a row as it packs to more than ${MAX_VALUE_BYTES} bytes`);
    }
    const middle = (from + to) >> 1;
    add(from, middle);
    add(middle, to);
  };
  if (items.length > 0) add(0, items.length);
  return parts;
}

/** The rows of a stored chunk. @throws {SyntaxError} When the bytes hold something else. */
export function unpackRows(bytes: unknown): AnyRecord[] {
  const rows = unpack(bytes);
  if (!Array.isArray(rows)) throw new SyntaxError("Cannot read a chunk as it holds no rows");
  return rows as AnyRecord[];
}
