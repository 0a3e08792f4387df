/** Chunks as they come from a file, a socket or memory. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Reads exact runs of bytes from a source of chunks of any size. */
export class ByteReader {
  /** Offset of the next unread byte. */
  offset = 0;
  readonly #next: () => Promise<IteratorResult<Uint8Array>> | IteratorResult<Uint8Array>;
  #chunk = new Uint8Array(0) as Uint8Array;
  #at = 0;

  constructor(source: ByteSource) {
    const iterator = Symbol.asyncIterator in source
      ? source[Symbol.asyncIterator]()
      : source[Symbol.iterator]();
    this.#next = () => iterator.next();
  }

  /** Next bytes, at most `limit`; empty at the end of the input. */
  async some(limit: number): Promise<Uint8Array> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#next();
      if (next.done) return new Uint8Array(0);
      this.#chunk = next.value;
      this.#at = 0;
    }
    const bytes = this.#chunk.subarray(this.#at, Math.min(this.#chunk.length, this.#at + limit));
    this.#at += bytes.length;
    this.offset += bytes.length;
    return bytes;
  }

  /** Next `count` bytes, fewer only at the end of the input. */
  async exactly(count: number): Promise<Uint8Array> {
    const first = count === 0 ? new Uint8Array(0) : await this.some(count);
    if (first.length === count || first.length === 0) return first;
    const bytes = new Uint8Array(count);
    bytes.set(first);
    for (let filled = first.length; filled < count;) {
      const more = await this.some(count - filled);
      if (more.length === 0) return bytes.subarray(0, filled);
      bytes.set(more, filled);
      filled += more.length;
    }
    return bytes;
  }
}
