import { basename } from "node:path";
import {
  DbnDecoder,
  type DbnMetadata,
  type DbnSink,
  END_NONE,
  type MboBlock,
  SCHEMA_MIXED,
  schemaId,
  schemaName,
  SymbolMap,
} from "../../engine/dbn/mod.ts";
import { SYNTH_DATASET } from "../../engine/tape/futures/mod.ts";
import {
  type Described,
  type Feed,
  FeedError,
  type FeedSink,
  type Pulled,
  type Seekable,
} from "./feed.ts";
import { contentOf } from "./decompress_ahead.ts";
import { RecordQueue } from "./_record_queue.ts";
import { checkFile, isPlainFile, readChunks } from "./_replay_file.ts";

/** Records looked at for the first one after a snapshot, and bytes that those of other kinds may take. */
const MAX_PEEKED_RECORDS = 200_000;
const MAX_PEEKED_BYTES = 16 * 1024 * 1024;

/** Bytes between two places of a plain file that are remembered, so that it need not be read again up to them. */
const MARK_BYTES = 262_144;

/** Records that one pull passes over at most on its way to where it is to go on. */
const MAX_SKIPPED_RECORDS = 200_000;

/** Where a record begins in a plain file. */
interface Mark {
  /** Market-by-order records before it. */
  readonly position: number;
  /** Records of any kind before it. */
  readonly records: number;
  readonly byteOffset: number;
}

/** Times from here on mean that a record has none, ns: the year 2262. */
const NO_TIME_NS = 1n << 63n;

/** Holds the decoded records of one chunk until they are due. */
class FileQueue extends RecordQueue implements DbnSink {
  metadata: DbnMetadata | null = null;

  onMetadata(metadata: DbnMetadata): void {
    this.metadata = metadata;
  }

  onMbo(block: MboBlock): void {
    this.add(block);
  }
}

/** A `.dbn` or `.dbn.zst` file as a feed. Reads in chunks; memory does not depend on its length. */
export class ReplayFeed implements Feed, Described, Seekable {
  readonly name: string;
  readonly #path: string;
  readonly #bytes: number;
  readonly #queue = new FileQueue();
  #decoder = new DbnDecoder();
  #chunks: AsyncIterator<Uint8Array> | null = null;
  #exhausted = false;
  #bytesRead = 0;
  #decodedBytes = 0;
  #position = 0;
  /** Records before this one are passed over. */
  #skipTo = 0;
  readonly #isPlain: boolean;
  readonly #marks: Mark[] = [];
  #symbols: SymbolMap | null = null;
  #startNs: bigint | null = null;
  #opensWithSnapshot = false;
  /** What is wrong with the source from the end of the queue on; told when the queue is empty. */
  #failure: unknown = null;

  private constructor(path: string, bytes: number, isPlain: boolean) {
    this.#path = path;
    this.#bytes = bytes;
    this.#isPlain = isPlain;
    this.name = basename(path);
  }

  /**
   * Opens a file and reads its metadata.
   *
   * @throws {FeedError} When it is missing, empty or no market-by-order file.
   * @throws {DbnError} When its beginning is damaged.
   */
  static async open(path: string): Promise<ReplayFeed> {
    const feed = new ReplayFeed(path, await checkFile(path), await isPlainFile(path));
    try {
      await feed.rewind(0);
      feed.#checkMetadata();
      await feed.#findStart();
      return feed;
    } catch (error) {
      feed.close();
      throw error;
    }
  }

  /** What is known to be wrong with the file beyond the records that can be read, or null. */
  get problem(): string | null {
    if (this.#failure === null) return null;
    return this.#failure instanceof Error ? this.#failure.message : String(this.#failure);
  }

  get metadata(): DbnMetadata {
    const { metadata } = this.#queue;
    if (metadata === null) throw new FeedError("unreadable", `Cannot read ${this.#path}`);
    return metadata;
  }

  /** What was made up stays so in a file: `lotus synth` names itself in it. */
  get isSynthetic(): boolean {
    return this.metadata.dataset === SYNTH_DATASET;
  }

  get symbol(): string {
    return this.metadata.symbols[0] ?? "";
  }

  readonly symbolOf = (instrumentId: number): string | null => {
    this.#symbols ??= new SymbolMap(this.metadata);
    return this.#symbols.at(this.#startNs ?? this.metadata.startNs, instrumentId);
  };

  get startNs(): bigint | null {
    return this.#startNs;
  }

  get opensWithSnapshot(): boolean {
    return this.#opensWithSnapshot;
  }

  get endNs(): bigint | null {
    const { endNs } = this.metadata;
    return endNs === END_NONE || endNs === 0n ? null : endNs;
  }

  get position(): number {
    return Math.max(this.#position, this.#skipTo);
  }

  /** Share of the file that was read, 0..1. */
  get share(): number {
    return this.#bytes > 0 ? Math.min(1, this.#bytesRead / this.#bytes) : 0;
  }

  /**
   * Epoch ns of the record that the next pull begins with, known after a pull that returned `due`;
   * null when it is part of a snapshot and so has no time of its own.
   */
  get nextNs(): bigint | null {
    return this.#queue.nextNs;
  }

  async pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled> {
    const high = Number(untilNs >> 32n);
    const low = Number(untilNs & 0xffff_ffffn);
    let room = maxRecords;
    if (!await this.#skip()) return "more";
    while (true) {
      while (this.#queue.next === this.#queue.count) {
        if (this.#failure !== null) throw this.#failure;
        if (this.#exhausted) return "ended";
        await this.#fill();
      }
      const count = this.#queue.before(high, low, room);
      if (count > 0) {
        this.#position += count;
        room -= count;
        sink.mbo(this.#queue.take(count));
      }
      if (room === 0) return "more";
      if (this.#queue.next < this.#queue.count) return "due";
    }
  }

  /** Costs no more than a look at the file: what has to be read again to get there, pulls read step by step. */
  async rewind(position: number): Promise<void> {
    await this.#closeSource();
    this.#queue.clear();
    this.#exhausted = false;
    this.#failure = null;
    this.#skipTo = position;
    this.#readFrom(this.#marks.findLast((mark) => mark.position <= position) ?? null);
    // Records before any metadata are a fragment: enough is known then.
    while (this.#queue.metadata === null && this.#queue.count === 0 && !this.#exhausted) {
      await this.#fill();
    }
  }

  close(): void {
    this.#closeSource().catch(() => {});
  }

  #checkMetadata(): void {
    const { metadata } = this.#queue;
    if (metadata === null) {
      throw new FeedError(
        "unreadable",
        `Cannot replay a fragment without metadata: "${this.name}"`,
      );
    }
    const { schema } = metadata;
    if (schema !== schemaId("mbo") && schema !== SCHEMA_MIXED) {
      throw new FeedError(
        "unreadable",
        "Cannot replay as the file does not hold market-by-order records but " +
          `${schemaName(schema)}: "${this.name}"`,
      );
    }
  }

  /** Metadata often names a wider range than the records fill, so the first record decides. */
  async #findStart(): Promise<void> {
    let seen = this.#queue.next;
    let found: bigint | null = null;
    const mostBytes = this.#decodedBytes + MAX_PEEKED_BYTES;
    while (this.#queue.count < MAX_PEEKED_RECORDS && this.#decodedBytes < mostBytes) {
      found = this.#queue.firstLive(seen);
      seen = this.#queue.count;
      if (found !== null || this.#exhausted || this.#failure !== null) break;
      await this.#fill();
    }
    const { startNs } = this.metadata;
    this.#opensWithSnapshot = this.#queue.count > 0 && this.#queue.firstLive(0, 1) === null;
    const known = found ?? startNs;
    this.#startNs = known > 0n && known < NO_TIME_NS ? known : null;
  }

  /** Goes on at a place that was remembered, or at the beginning of the file. */
  #readFrom(mark: Mark | null): void {
    const { position, byteOffset } = mark ?? { position: 0, byteOffset: 0 };
    this.#decoder = mark === null ? new DbnDecoder() : new DbnDecoder({
      fragmentVersion: this.metadata.version,
      fragmentTsOut: this.metadata.tsOut,
      fragmentAt: mark,
    });
    this.#position = position;
    this.#bytesRead = byteOffset;
    this.#decodedBytes = byteOffset;
    const onBytes = (count: number) => void (this.#bytesRead += count);
    this.#chunks = this.#isPlain
      ? readChunks(this.#path, onBytes, byteOffset)
      : contentOf(this.#path, this.#bytes, onBytes);
  }

  /** Passes over records up to the one to go on with. @returns False when it took long and is not there yet. */
  async #skip(): Promise<boolean> {
    const queue = this.#queue;
    let room = MAX_SKIPPED_RECORDS;
    while (this.#position < this.#skipTo) {
      if (queue.isEmpty) {
        if (this.#failure !== null) throw this.#failure;
        if (this.#exhausted) this.#skipTo = this.#position;
        else if (room <= 0) return false;
        else await this.#fill();
      }
      const count = Math.min(queue.count - queue.next, this.#skipTo - this.#position);
      queue.next += count;
      this.#position += count;
      room -= count;
    }
    return true;
  }

  /** Remembers where the next record begins, when the last place lies far behind. */
  #mark(): void {
    const { offset, counters: { records } } = this.#decoder;
    if (!this.#isPlain || offset - (this.#marks.at(-1)?.byteOffset ?? 0) < MARK_BYTES) return;
    const position = this.#position + this.#queue.count - this.#queue.next;
    this.#marks.push({ position, records, byteOffset: offset });
  }

  /** Reads one chunk more. What came before a failure stays in the queue. */
  async #fill(): Promise<void> {
    if (this.#queue.next === this.#queue.count) this.#queue.clear();
    try {
      const chunk = await this.#chunks?.next();
      if (chunk === undefined || chunk.done) {
        this.#exhausted = true;
        this.#decoder.finish(this.#queue);
        return;
      }
      this.#decodedBytes += chunk.value.length;
      this.#decoder.push(chunk.value, this.#queue);
      this.#mark();
    } catch (error) {
      if (this.#queue.metadata === null) throw error;
      this.#failure = error;
    }
  }

  async #closeSource(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = null;
    await chunks?.return?.();
  }
}
