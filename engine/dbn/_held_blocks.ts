/** A piece of joined blocks: compressed bytes at most. */
const JOINED_BYTES = 32 * 1024;
/**
 * A piece of joined blocks: bytes of content at most. Less than the runtime's decoder gives at once:
 * damage that it finds after that in the same piece is thrown where nobody can catch it.
 */
const JOINED_CONTENT_BYTES = 8 * 1024;

/**
 * Compressed bytes of one frame that wait for its decoder. Compressed blocks stay pieces of their
 * own, so that what stands before a damaged one can be decoded; stored blocks, which cannot be
 * damaged and may be three bytes long, are joined, so that millions of them are few pieces.
 */
export class HeldBlocks {
  /** Compressed bytes held. */
  bytes = 0;
  /** Bytes of content that the held blocks make at most. */
  contentLimit = 0;
  #pieces: Uint8Array[] = [];
  readonly #joined = new Uint8Array(JOINED_BYTES);
  #joinedBytes = 0;
  #joinedContentBytes = 0;

  /** Adds a piece of its own, copied, as the source may reuse its chunk. */
  add(parts: readonly Uint8Array[], contentLimit: number): void {
    this.#closeJoined();
    const piece = new Uint8Array(total(parts));
    write(parts, piece, 0);
    this.#pieces.push(piece);
    this.bytes += piece.length;
    this.contentLimit += contentLimit;
  }

  /** Adds the frame header or a stored block, copied and joined with what was added before. */
  addStored(parts: readonly Uint8Array[], contentLimit: number): void {
    const size = total(parts);
    const content = this.#joinedContentBytes + contentLimit;
    if (this.#joinedBytes + size > JOINED_BYTES || content > JOINED_CONTENT_BYTES) {
      this.#closeJoined();
    }
    if (contentLimit > JOINED_CONTENT_BYTES) return this.add(parts, contentLimit);
    write(parts, this.#joined, this.#joinedBytes);
    this.#joinedBytes += size;
    this.#joinedContentBytes += contentLimit;
    this.bytes += size;
    this.contentLimit += contentLimit;
  }

  /** What is held, in order; nothing is held after it. */
  take(): readonly Uint8Array[] {
    this.#closeJoined();
    const pieces = this.#pieces;
    this.#pieces = [];
    this.bytes = 0;
    this.contentLimit = 0;
    return pieces;
  }

  #closeJoined(): void {
    if (this.#joinedBytes > 0) this.#pieces.push(this.#joined.slice(0, this.#joinedBytes));
    this.#joinedBytes = 0;
    this.#joinedContentBytes = 0;
  }
}

function total(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const part of parts) size += part.length;
  return size;
}

function write(parts: readonly Uint8Array[], target: Uint8Array, offset: number): void {
  let at = offset;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
}
