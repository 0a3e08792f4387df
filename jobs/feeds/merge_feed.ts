import { MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import {
  type Described,
  type Feed,
  type FeedSink,
  isSeekable,
  type MarketFeed,
  type Pulled,
  type RecordedFeed,
  type Seekable,
} from "./feed.ts";
import { RecordQueue, STRIDE_WORDS } from "./_record_queue.ts";

/** Records that are taken ahead of one feed at once. */
const LOOK_AHEAD_RECORDS = 4_096;

/** Records that are handed on at once. */
const BLOCK_RECORDS = 4_096;

/** Later than any record, epoch ns. */
const FOREVER_NS = 1n << 64n;

const NOBODY: FeedSink = { mbo: () => {} };

/**
 * One of the feeds that are merged, with the records of it that are not due yet. A record that is earlier
 * than one before it in its own feed, as those of a snapshot may be, counts as of that one's time.
 */
class Lane implements FeedSink {
  readonly feed: MarketFeed;
  readonly queue = new RecordQueue();
  isEnded = false;
  /** Time that the next record counts as, epoch ns in halves. */
  high = 0;
  low = 0;
  /** Everything before this was taken, epoch ns. */
  #takenUntilNs = -1n;
  /** What is wrong with the feed from the end of the queue on. */
  #failure: unknown = null;

  constructor(feed: MarketFeed) {
    this.feed = feed;
  }

  mbo(block: MboBlock): void {
    this.queue.add(block);
  }

  /**
   * Takes records ahead, a bounded number, until one is at hand or none is left before `untilNs`. What a
   * broken feed delivered comes before its error.
   */
  async fill(untilNs: bigint): Promise<void> {
    const { queue } = this;
    if (!queue.isEmpty) return;
    queue.clear();
    while (queue.isEmpty && !this.isEnded && this.#takenUntilNs < untilNs) {
      if (this.#failure !== null) throw this.#failure;
      try {
        const got = await this.feed.pull(untilNs, LOOK_AHEAD_RECORDS, this);
        if (got === "ended") this.isEnded = true;
        else if (got === "due") this.#takenUntilNs = untilNs;
      } catch (error) {
        this.#failure = error;
      }
    }
    this.#look();
  }

  /** Whether the next record counts as before a time in halves. */
  isBefore(high: number, low: number): boolean {
    return !this.queue.isEmpty &&
      (this.high < high || (this.high === high && this.low < low));
  }

  /** Copies the next record to `out`. */
  copyNext(out: Uint32Array, record: number): void {
    const { words } = this.queue;
    const from = this.queue.next * STRIDE_WORDS;
    const to = record * STRIDE_WORDS;
    for (let i = 0; i < STRIDE_WORDS; i++) out[to + i] = words[from + i]!;
    this.queue.next++;
    this.#look();
  }

  /** Begins again with a feed that stands at its first record. */
  forget(): void {
    this.queue.clear();
    this.isEnded = false;
    this.#takenUntilNs = -1n;
    this.#failure = null;
    this.high = 0;
    this.low = 0;
  }

  #look(): void {
    const { queue } = this;
    if (queue.isEmpty) return;
    const at = queue.next * STRIDE_WORDS;
    const high = queue.words[at + MBO_WORD.TS_EVENT_HIGH]!;
    const low = queue.words[at + MBO_WORD.TS_EVENT_LOW]!;
    if (this.isBefore(high, low)) {
      this.high = high;
      this.low = low;
    }
  }
}

/** Several feeds as one, by time; of records of one time those of the earlier feed come first. */
class MergeFeed implements Feed, Described {
  readonly name: string;
  protected readonly lanes: readonly Lane[];
  readonly #out = new Uint32Array(BLOCK_RECORDS * STRIDE_WORDS);

  constructor(feeds: readonly MarketFeed[]) {
    this.lanes = feeds.map((feed) => new Lane(feed));
    this.name = feeds.map((feed) => feed.name).join("+");
  }

  get isSynthetic(): boolean {
    return this.lanes.some(({ feed }) => feed.isSynthetic);
  }

  get symbol(): string {
    return this.lanes[0]?.feed.symbol ?? "";
  }

  readonly symbolOf = (instrumentId: number): string | null => {
    for (const { feed } of this.lanes) {
      const symbol = feed.symbolOf(instrumentId);
      if (symbol !== null) return symbol;
    }
    return null;
  };

  /** The earliest start; null when one feed does not say. */
  get startNs(): bigint | null {
    const starts = this.lanes.map(({ feed }) => feed.startNs);
    return starts.reduce((a, b) => a === null || b === null ? null : a < b ? a : b);
  }

  /** The latest end; null when one feed does not say or has none. */
  get endNs(): bigint | null {
    const ends = this.lanes.map(({ feed }) => feed.endNs);
    return ends.reduce((a, b) => a === null || b === null ? null : a > b ? a : b);
  }

  get opensWithSnapshot(): boolean {
    return this.lanes.some(({ feed }) => feed.opensWithSnapshot);
  }

  async pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled> {
    const high = Number(untilNs >> 32n);
    const low = Number(untilNs & 0xffff_ffffn);
    let room = maxRecords;
    while (room > 0) {
      for (const lane of this.lanes) if (lane.queue.isEmpty) await lane.fill(untilNs);
      const count = this.#gather(high, low, Math.min(room, BLOCK_RECORDS));
      if (count === 0) return this.#isEnded ? "ended" : "due";
      room -= count;
      const words = this.#out.subarray(0, count * STRIDE_WORDS);
      this.passed(count);
      sink.mbo({ words, strideWords: STRIDE_WORDS, count });
    }
    return "more";
  }

  close(): void {
    for (const { feed } of this.lanes) feed.close();
  }

  /** Told how many records are handed on. */
  protected passed(_count: number): void {}

  get #isEnded(): boolean {
    return this.lanes.every(({ isEnded, queue }) => isEnded && queue.isEmpty);
  }

  /** Collects records in order, until a lane must be filled before anybody knows the next one. */
  #gather(high: number, low: number, max: number): number {
    let count = 0;
    while (count < max) {
      const lane = this.#earliest();
      if (lane === null || !lane.isBefore(high, low)) break;
      lane.copyNext(this.#out, count++);
      if (lane.queue.isEmpty && !lane.isEnded) break;
    }
    return count;
  }

  #earliest(): Lane | null {
    let first: Lane | null = null;
    for (const lane of this.lanes) {
      if (lane.queue.isEmpty) continue;
      if (first === null || lane.isBefore(first.high, first.low)) first = lane;
    }
    return first;
  }
}

/** Several recordings as one. */
class RecordedMerge extends MergeFeed implements Seekable {
  readonly #feeds: readonly RecordedFeed[];
  #position = 0;

  constructor(feeds: readonly RecordedFeed[]) {
    super(feeds);
    this.#feeds = feeds;
  }

  get position(): number {
    return this.#position;
  }

  /** Merges again from the beginning: where each feed stood is not kept. */
  async rewind(position: number): Promise<void> {
    for (const feed of this.#feeds) await feed.rewind(0);
    for (const lane of this.lanes) lane.forget();
    this.#position = 0;
    while (this.#position < position) {
      const got = await this.pull(FOREVER_NS, position - this.#position, NOBODY);
      if (got === "ended") return;
    }
  }

  protected override passed(count: number): void {
    this.#position += count;
  }
}

/**
 * Merges feeds by (time, feed), with a bounded look-ahead into each. Feeds that can all go back make one
 * that can; each keeps its own order.
 *
 * @param feeds At least one; closed with the merged one.
 * @throws {RangeError} When there are none.
 */
export function mergeFeeds(feeds: readonly MarketFeed[]): MarketFeed {
  if (feeds.length === 0) throw new RangeError("Cannot merge feeds as there are none");
  const recorded = feeds.filter(isSeekable);
  return recorded.length === feeds.length ? new RecordedMerge(recorded) : new MergeFeed(feeds);
}
