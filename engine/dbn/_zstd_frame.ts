import { createZstdDecompress, zstdDecompressSync } from "node:zlib";

/** Largest block of any frame, in bytes of content and of input. */
export const MAX_BLOCK_BYTES = 128 * 1024;
/** Largest window that is decoded: with the most metadata beside it, a reader stays below 300 MB. */
export const MAX_WINDOW_BYTES = 32 * 1024 * 1024;

/** Content that becomes ready at once: two blocks, so that few pieces cost a call each. */
const PIECE_BYTES = 2 * MAX_BLOCK_BYTES;

/** What a frame says about itself before its first block. */
export interface FrameHeader {
  readonly windowBytes: number;
  readonly hasChecksum: boolean;
  readonly dictionaryId: number;
}

/** Bytes of the frame header after the magic and the descriptor byte, or null for a reserved bit. */
export function headerBytesAfter(descriptor: number): number | null {
  if ((descriptor & 8) !== 0) return null;
  const singleSegment = (descriptor & 32) !== 0;
  const contentFlag = descriptor >>> 6;
  const contentBytes = contentFlag === 0 ? (singleSegment ? 1 : 0) : 1 << contentFlag;
  return (singleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]! + contentBytes;
}

function littleEndian(bytes: Uint8Array, offset: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[offset + i]!;
  return value;
}

/** Reads the header bytes that {@linkcode headerBytesAfter} counted. */
export function parseFrameHeader(descriptor: number, bytes: Uint8Array): FrameHeader {
  const singleSegment = (descriptor & 32) !== 0;
  const idBytes = [0, 1, 2, 4][descriptor & 3]!;
  let at = 0;
  let windowBytes = 0;
  if (!singleSegment) {
    const base = 2 ** (10 + (bytes[0]! >>> 3));
    windowBytes = base + (base / 8) * (bytes[0]! & 7);
    at = 1;
  }
  const dictionaryId = littleEndian(bytes, at, idBytes);
  at += idBytes;
  if (singleSegment) {
    const width = bytes.length - at;
    windowBytes = littleEndian(bytes, at, width) + (width === 2 ? 256 : 0);
  }
  return { windowBytes, hasChecksum: (descriptor & 4) !== 0, dictionaryId };
}

/** Decodes one complete frame at once; throws the runtime's error when it is damaged. */
export function decompressFrame(pieces: readonly Uint8Array[], maxBytes: number): Uint8Array {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const frame = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    frame.set(piece, at);
    at += piece.length;
  }
  return zstdDecompressSync(frame, { maxOutputLength: Math.max(1, maxBytes) });
}

/**
 * Decodes one frame block by block. The runtime's stream ends without an error on a cut frame and
 * takes only one frame, so that the caller walks the frame and block headers.
 */
export class ZstdStream {
  readonly #stream = createZstdDecompress({ chunkSize: PIECE_BYTES });
  readonly #ended: Promise<void>;
  #ready: Uint8Array[] = [];
  #failure: unknown = null;

  constructor() {
    this.#stream.on("data", (bytes: Uint8Array) => this.#ready.push(bytes));
    this.#ended = new Promise((resolve) => {
      this.#stream.on("close", () => resolve());
      this.#stream.on("error", (error) => {
        this.#failure ??= error;
        resolve();
      });
      this.#stream.on("end", () => resolve());
    });
  }

  /** What made the stream fail, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Feeds one piece of the frame. */
  async write(piece: Uint8Array): Promise<void> {
    if (this.#failure !== null) return;
    const written = new Promise<void>((resolve) => {
      this.#stream.write(piece, (error) => {
        if (error) this.#failure ??= error;
        resolve();
      });
    });
    await Promise.race([written, this.#ended]); // a failed write may never call back
  }

  /** Content that has become ready since the last call. */
  take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Ends the input and waits for the rest of the content. */
  async end(): Promise<void> {
    if (this.#failure === null) this.#stream.end();
    await this.#ended;
  }

  /** Frees the runtime's state. */
  close(): void {
    this.#stream.destroy();
  }
}
