import { ByteReader, type ByteSource } from "./_byte_reader.ts";
import { HeldBlocks } from "./_held_blocks.ts";
import {
  decompressFrame,
  type FrameHeader,
  headerBytesAfter,
  MAX_BLOCK_BYTES,
  MAX_WINDOW_BYTES,
  parseFrameHeader,
  ZstdStream,
} from "./_zstd_frame.ts";
import { DbnError } from "./error.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50; // ..5F

/** Frames up to this much content are decoded at once, larger ones block by block. */
const WHOLE_FRAME_BYTES = 4 * 1024 * 1024;
/** Frames and blocks in a row that bring no content; more are taken for damage. */
const MAX_EMPTY_RUN = 4_096;

function u32(bytes: Uint8Array): number {
  return (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0;
}

/** Whether bytes begin like Zstandard: a frame, or a skippable frame. */
export function isZstd(start: Uint8Array): boolean {
  return start.length >= 4 && (u32(start) === MAGIC || isSkippable(u32(start)));
}

function isSkippable(magic: number): boolean {
  return (magic & 0xfffffff0) >>> 0 === SKIPPABLE;
}

function damaged(what: string, byteOffset: number, cause?: unknown): DbnError {
  return new DbnError("zstd", `Cannot decompress as ${what}: byte ${byteOffset}`, {
    byteOffset,
    stream: "zstd",
    ...(cause === undefined ? {} : { cause }),
  });
}

function truncated(byteOffset: number, trailingBytes: number): DbnError {
  return new DbnError("truncated", `Cannot decompress as the input ends: byte ${byteOffset}`, {
    byteOffset,
    stream: "zstd",
    trailingBytes,
  });
}

/** Reads exactly `count` bytes that the frame must have. */
async function need(input: ByteReader, count: number, start: number): Promise<Uint8Array> {
  const bytes = await input.exactly(count);
  if (bytes.length < count) throw truncated(input.offset, input.offset - start);
  return bytes;
}

async function skip(input: ByteReader, count: number, start: number): Promise<void> {
  for (let left = count; left > 0;) {
    const bytes = await input.some(left);
    if (bytes.length === 0) throw truncated(input.offset, input.offset - start);
    left -= bytes.length;
  }
}

interface Block {
  readonly type: number; // 0 raw, 1 repeated byte, 2 compressed
  readonly last: boolean;
  readonly contentLimit: number; // bytes of content at most
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

async function readBlock(input: ByteReader, header: FrameHeader, start: number): Promise<Block> {
  const at = input.offset;
  const head = (await need(input, 3, start)).slice();
  const word = head[0]! | (head[1]! << 8) | (head[2]! << 16);
  const type = (word >>> 1) & 3;
  const size = word >>> 3;
  if (type === 3) throw damaged("a block has the reserved type", at);
  if (size > Math.min(MAX_BLOCK_BYTES, Math.max(header.windowBytes, 1_024))) {
    throw damaged(`a block of ${size} bytes is larger than allowed`, at);
  }
  const body = await need(input, type === 1 ? 1 : size, start);
  const contentLimit = type === 2 ? MAX_BLOCK_BYTES : size;
  return { type, last: (word & 1) === 1, contentLimit, head, body };
}

/** Content of a frame too large for the window limit, which only stored blocks can have. */
async function* storedFrame(
  input: ByteReader,
  header: FrameHeader,
  start: number,
): AsyncGenerator<Uint8Array> {
  const empty = new EmptyRun();
  for (;;) {
    const at = input.offset;
    const block = await readBlock(input, header, start);
    if (block.type === 2 || header.hasChecksum) {
      const text = `Cannot decompress as the window is too large: ${header.windowBytes} bytes`;
      throw new DbnError("zstd-window", text, { byteOffset: at, stream: "zstd" });
    }
    empty.count(block.contentLimit, at);
    if (block.type === 0) yield block.body;
    else yield new Uint8Array(block.contentLimit).fill(block.body[0]!);
    if (block.last) return;
  }
}

/** Feeds pieces to a stream frame decoder and yields what becomes ready; throws on damage. */
async function* feed(
  stream: ZstdStream,
  pieces: readonly Uint8Array[],
  start: number,
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await stream.write(piece);
    yield* stream.take();
    if (stream.failure !== null) throw damaged("a frame is damaged", start, stream.failure);
  }
}

async function* finishStream(stream: ZstdStream, start: number): AsyncGenerator<Uint8Array> {
  await stream.end();
  yield* stream.take();
  if (stream.failure !== null) throw damaged("a frame is damaged", start, stream.failure);
}

/** Content of one frame whose blocks follow in `input`; `lead` holds magic and header. */
async function* frameContent(
  input: ByteReader,
  header: FrameHeader,
  lead: readonly Uint8Array[],
  start: number,
): AsyncGenerator<Uint8Array> {
  const held = new HeldBlocks();
  held.addStored(lead, 0);
  const empty = new EmptyRun();
  let stream: ZstdStream | null = null;
  try {
    for (;;) {
      let last: boolean;
      try {
        const block = await readBlock(input, header, start);
        hold(held, block);
        empty.count(block.contentLimit, input.offset);
        if (block.last && header.hasChecksum) held.add([await need(input, 4, start)], 0);
        last = block.last;
      } catch (error) {
        stream ??= new ZstdStream();
        yield* feed(stream, held.take(), start); // what came before the damage is still content
        yield* finishStream(stream, start);
        throw error;
      }
      const limit = stream === null ? WHOLE_FRAME_BYTES : MAX_BLOCK_BYTES - 1;
      const full = held.contentLimit > limit || held.bytes > limit;
      if (!last && !full) continue;
      const contentLimit = held.contentLimit;
      const pieces = held.take();
      if (stream === null && !full) {
        const whole = wholeFrame(pieces, contentLimit);
        if (whole !== null) return yield whole;
      }
      stream ??= new ZstdStream();
      yield* feed(stream, pieces, start);
      if (last) return yield* finishStream(stream, start);
    }
  } finally {
    stream?.close();
  }
}

function hold(held: HeldBlocks, { type, head, body, contentLimit }: Block): void {
  if (type === 2) held.add([head, body], contentLimit);
  else held.addStored([head, body], contentLimit);
}

/** Counts what brings no content: it costs the reader more than the writer, without end. */
class EmptyRun {
  #run = 0;

  /** @throws {DbnError} `zstd` when too much in a row was empty. */
  count(contentBytes: number, byteOffset: number): void {
    this.#run = contentBytes > 0 ? 0 : this.#run + 1;
    if (this.#run > MAX_EMPTY_RUN) {
      throw damaged(`${this.#run} frames or blocks in a row are empty`, byteOffset);
    }
  }
}

/** The content, or null when the frame is damaged and must be salvaged block by block. */
function wholeFrame(pieces: readonly Uint8Array[], contentLimit: number): Uint8Array | null {
  try {
    return decompressFrame(pieces, contentLimit);
  } catch {
    return null;
  }
}

/**
 * Content of a Zstandard stream: all frames, back to back, without skippable ones. Memory stays
 * bounded by the window (32 MiB at most) and a few blocks, whatever the headers claim and however
 * many blocks there are.
 *
 * @param source Compressed chunks of any size; empty input gives no content.
 * @throws {DbnError} `truncated` when the input ends inside a frame, `zstd` when a header, block or
 * checksum is wrong, `zstd-window` when a frame needs too much memory; `byteOffset` counts
 * compressed bytes. What was readable before has been yielded.
 * @see docs/methods/dbn.md, "Containers"; RFC 8878.
 */
export async function* decompressZstd(source: ByteSource): AsyncGenerator<Uint8Array> {
  const input = new ByteReader(source);
  const empty = new EmptyRun();
  for (;;) {
    const start = input.offset;
    const magicBytes = (await input.exactly(4)).slice();
    if (magicBytes.length === 0) return;
    if (magicBytes.length < 4) throw truncated(input.offset, magicBytes.length);
    const magic = u32(magicBytes);
    if (isSkippable(magic)) {
      await skip(input, u32(await need(input, 4, start)), start);
      empty.count(0, start);
      continue;
    }
    if (magic !== MAGIC) throw damaged("no frame begins here", start);
    const descriptor = (await need(input, 1, start)).slice();
    const headerBytes = headerBytesAfter(descriptor[0]!);
    if (headerBytes === null) throw damaged("a frame header has a reserved bit set", start);
    const rest = (await need(input, headerBytes, start)).slice();
    const header = parseFrameHeader(descriptor[0]!, rest);
    if (header.dictionaryId !== 0) throw damaged("a frame needs a dictionary", start);
    const content = header.windowBytes <= MAX_WINDOW_BYTES
      ? frameContent(input, header, [magicBytes, descriptor, rest], start)
      : storedFrame(input, header, start);
    let contentBytes = 0;
    for await (const bytes of content) {
      contentBytes += bytes.length;
      if (bytes.length > 0) yield bytes;
    }
    empty.count(contentBytes, start);
  }
}
