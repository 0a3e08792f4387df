import { basename } from "node:path";
import {
  DbnDecoder,
  type DbnMetadata,
  type DbnSink,
  decompress,
  END_NONE,
  MBO_BYTES,
  MBO_WORD,
  type MboBlock,
  SymbolMap,
} from "../../engine/dbn/mod.ts";
import type { Regime } from "../../modules/control/contract.ts";
import { type Feed, FeedError } from "./feed.ts";

/** Bytes read at once. */
const CHUNK_BYTES = 262_144;

/** Words of a record without its send time. */
const STRIDE_WORDS = MBO_BYTES / 4;

/** Holds the decoded records of one chunk until they are due. */
class RecordQueue implements DbnSink {
  metadata: DbnMetadata | null = null;
  words = new Uint32Array(0);
  count = 0;
  next = 0;
  otherRecords = 0;

  clear(): void {
    this.count = 0;
    this.next = 0;
  }

  onMetadata(metadata: DbnMetadata): void {
    this.metadata = metadata;
  }

  onMbo(block: MboBlock): void {
    const { words, strideWords, count } = block;
    const used = this.count * STRIDE_WORDS;
    const needed = used + count * STRIDE_WORDS;
    if (needed > this.words.length) {
      const grown = new Uint32Array(Math.max(needed, 2 * this.words.length));
      grown.set(this.words.subarray(0, used));
      this.words = grown;
    }
    if (strideWords === STRIDE_WORDS) {
      this.words.set(words.subarray(0, count * STRIDE_WORDS), used);
    } else {
      // A file may mix records with and without a send time; the queue keeps the record alone.
      for (let i = 0; i < count; i++) {
        const from = i * strideWords;
        this.words.set(words.subarray(from, from + STRIDE_WORDS), used + i * STRIDE_WORDS);
      }
    }
    this.count += count;
  }

  onRecord(): void {
    this.otherRecords++;
  }

  /** How many of the next `max` records come before the time given in halves. */
  before(high: number, low: number, max: number): number {
    const { words } = this;
    const end = Math.min(this.count, this.next + max);
    let i = this.next;
    for (; i < end; i++) {
      const at = i * STRIDE_WORDS;
      const tsHigh = words[at + MBO_WORD.TS_EVENT_HIGH]!;
      if (tsHigh > high || (tsHigh === high && words[at + MBO_WORD.TS_EVENT_LOW]! >= low)) break;
    }
    return i - this.next;
  }

  take(count: number): MboBlock {
    const { words, next } = this;
    this.next += count;
    return {
      words: words.subarray(next * STRIDE_WORDS, (next + count) * STRIDE_WORDS),
      strideWords: STRIDE_WORDS,
      count,
    };
  }
}

/** A `.dbn` or `.dbn.zst` file as a feed. Reads in chunks; memory does not depend on its length. */
export class ReplayFeed implements Feed {
  readonly kind = "replay";
  readonly name: string;
  readonly regime = null;
  readonly #path: string;
  readonly #queue = new RecordQueue();
  #decoder = new DbnDecoder();
  #chunks: AsyncIterator<Uint8Array> | null = null;
  #exhausted = false;
  #position = 0;
  #symbols: SymbolMap | null = null;

  private constructor(path: string) {
    this.#path = path;
    this.name = basename(path);
  }

  /**
   * Opens a file and reads its metadata.
   *
   * @throws {FeedError} When it is missing or no market-by-order file.
   * @throws {DbnError} When its beginning is damaged.
   */
  static async open(path: string): Promise<ReplayFeed> {
    const feed = new ReplayFeed(path);
    try {
      await feed.rewind(0);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) {
        throw new FeedError("not_found", `Cannot open the file as it does not exist: ${path}`);
      }
      throw error;
    }
    if (feed.#queue.metadata === null) {
      throw new FeedError("unreadable", `Cannot replay a fragment without metadata: ${path}`);
    }
    return feed;
  }

  get metadata(): DbnMetadata {
    const { metadata } = this.#queue;
    if (metadata === null) throw new FeedError("unreadable", `Cannot read ${this.#path}`);
    return metadata;
  }

  get symbol(): string {
    return this.metadata.symbols[0] ?? "";
  }

  readonly symbolOf = (instrumentId: number): string | null => {
    this.#symbols ??= new SymbolMap(this.metadata);
    return this.#symbols.at(this.metadata.startNs, instrumentId);
  };

  get startNs(): bigint | null {
    return this.metadata.startNs;
  }

  get endNs(): bigint | null {
    const { endNs } = this.metadata;
    return endNs === END_NONE || endNs === 0n ? null : endNs;
  }

  get position(): number {
    return this.#position;
  }

  async pull(
    untilNs: bigint,
    maxRecords: number,
    sink: (block: MboBlock) => void,
  ): Promise<"due" | "more" | "ended"> {
    const high = Number(untilNs >> 32n);
    const low = Number(untilNs & 0xffff_ffffn);
    let room = maxRecords;
    while (true) {
      while (this.#queue.next === this.#queue.count) {
        if (this.#exhausted) return "ended";
        await this.#fill();
      }
      const count = this.#queue.before(high, low, room);
      if (count > 0) {
        this.#position += count;
        room -= count;
        sink(this.#queue.take(count));
      }
      if (room === 0) return "more";
      if (this.#queue.next < this.#queue.count) return "due";
    }
  }

  async rewind(position: number): Promise<void> {
    await this.#closeSource();
    this.#decoder = new DbnDecoder();
    this.#queue.clear();
    this.#exhausted = false;
    this.#chunks = decompress(readChunks(this.#path))[Symbol.asyncIterator]();
    this.#position = 0;
    while (this.#position < position || this.#queue.metadata === null) {
      const skipped = Math.min(this.#queue.count - this.#queue.next, position - this.#position);
      this.#queue.next += skipped;
      this.#position += skipped;
      if (this.#position === position && this.#queue.metadata !== null) return;
      if (this.#exhausted) return;
      await this.#fill();
    }
  }

  setRegime(_regime: Regime): void {
    throw new FeedError("no_regime", "Cannot change the regime of a recorded market");
  }

  close(): void {
    this.#closeSource().catch(() => {});
  }

  async #fill(): Promise<void> {
    if (this.#queue.next === this.#queue.count) this.#queue.clear();
    const chunk = await this.#chunks?.next();
    if (chunk === undefined || chunk.done) {
      this.#exhausted = true;
      this.#decoder.finish(this.#queue);
      return;
    }
    this.#decoder.push(chunk.value, this.#queue);
  }

  async #closeSource(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = null;
    await chunks?.return?.();
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  while (true) {
    const buffer = new Uint8Array(CHUNK_BYTES);
    const bytes = await file.read(buffer);
    if (bytes === null) return;
    yield buffer.subarray(0, bytes);
  }
}
