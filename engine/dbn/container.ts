import type { ByteSource } from "./_byte_reader.ts";
import { DbnError } from "./error.ts";
import { decompressZstd, isZstd } from "./zstd.ts";

/** Bytes that tell the container: the legacy format shows itself at bytes 8 to 10. */
const PEEK_BYTES = 11;

/** Whether bytes begin like the legacy DBZ container, a skippable frame that holds "DBZ". */
function isDbz(start: Uint8Array): boolean {
  return start.length >= PEEK_BYTES && start[1] === 0x2a && start[2] === 0x4d &&
    start[3] === 0x18 && start[0]! >>> 4 === 5 &&
    start[8] === 0x44 && start[9] === 0x42 && start[10] === 0x5a;
}

/** Whether fewer than four bytes are all that is left of a Zstandard magic. */
function isCutMagic(start: Uint8Array): boolean {
  if (start.length === 0 || start.length > 3) return false;
  return [0x28, 0xb5, 0x2f].slice(0, start.length).every((byte, i) => byte === start[i]);
}

function firstBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes: number[] = [];
  for (const chunk of chunks) bytes.push(...chunk.subarray(0, PEEK_BYTES - bytes.length));
  return Uint8Array.from(bytes);
}

/** The same chunks again, with the first bytes looked at. */
async function peek(
  source: ByteSource,
): Promise<{ start: Uint8Array; chunks: AsyncGenerator<Uint8Array>; close: () => unknown }> {
  const iterator = Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < PEEK_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    // A lone large chunk is passed on as it is; small ones are copied, as the source may reuse them.
    held.push(next.value.length >= PEEK_BYTES ? next.value : next.value.slice());
    size += next.value.length;
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* held;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }
  // Closed by hand: whoever stops between may not have asked `chunks` for anything yet.
  return { start: firstBytes(held), chunks: chunks(), close: () => iterator.return?.() };
}

/** Throws for containers that are known and cannot be read. */
function refuse(start: Uint8Array): void {
  if (isDbz(start)) {
    const text = 'Cannot read the legacy DBZ container: convert the file to DBN with "dbn-cli"';
    throw new DbnError("dbz", text, { byteOffset: 0 });
  }
  if (isCutMagic(start)) {
    throw new DbnError("truncated", `Cannot decompress as the input ends: byte ${start.length}`, {
      byteOffset: start.length,
      stream: "zstd",
      trailingBytes: start.length,
    });
  }
}

/**
 * Uncompressed content of a DBN file or fragment: Zstandard, told by its first bytes, is
 * decompressed, and anything else passes through as it is. For readers that pull; the source is
 * closed at the end, on an error, and when the reader stops early.
 *
 * @param source Chunks of any size; one may be reused once the next is asked for.
 * @throws {DbnError} `dbz` for the legacy container, and what `decompressZstd` throws.
 * @see docs/methods/dbn.md, "Containers".
 */
export async function* decompress(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { start, chunks, close } = await peek(source);
  try {
    refuse(start);
    yield* isZstd(start) ? decompressZstd(chunks) : chunks;
  } finally {
    await close();
  }
}
