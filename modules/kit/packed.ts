import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { StoreError } from "./store_error.ts";

/** Largest value that a store writes, bytes; Deno KV takes 65,536. */
export const MAX_VALUE_BYTES = 64_000;

/** Level 1 takes a third of the time of the default level and 10 % more room. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Bytes before the compressed ones: their CRC-32, little-endian. What changed on a disk may still unpack. */
const HEAD_BYTES = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text, compressed, behind a checksum. */
export function pack(text: string): Uint8Array {
  const frame = zstdCompressSync(encoder.encode(text), OPTIONS);
  const bytes = new Uint8Array(HEAD_BYTES + frame.length);
  new DataView(bytes.buffer).setUint32(0, crc32(frame), true);
  bytes.set(frame, HEAD_BYTES);
  return bytes;
}

/** Whether bytes are a value that {@link pack} made, unchanged. */
export function isPacked(bytes: unknown): bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array) || bytes.length <= HEAD_BYTES) return false;
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return sum === crc32(bytes.subarray(HEAD_BYTES));
}

/** Reads what {@link pack} wrote. @throws {StoreError} `damaged` when the bytes are something else. */
export function unpack(bytes: unknown): string {
  if (!isPacked(bytes)) throw new StoreError("damaged", "Cannot read a packed value: it changed");
  return decoder.decode(zstdDecompressSync(bytes.subarray(HEAD_BYTES)));
}

/**
 * Packs items into as few values as fit, in order.
 *
 * @param textOf Text of some of them.
 * @throws {StoreError} `too_large` when one item alone is larger than a value may be.
 */
export function packParts<T>(
  items: readonly T[],
  textOf: (part: readonly T[]) => string,
): Uint8Array[] {
  if (items.length === 0) return [];
  const bytes = pack(textOf(items));
  if (bytes.length <= MAX_VALUE_BYTES) return [bytes];
  if (items.length === 1) {
    throw new StoreError(
      "too_large",
      `Cannot store a row as it packs to ${bytes.length} bytes: at most ${MAX_VALUE_BYTES}`,
    );
  }
  const middle = items.length >> 1;
  return [
    ...packParts(items.slice(0, middle), textOf),
    ...packParts(items.slice(middle), textOf),
  ];
}
