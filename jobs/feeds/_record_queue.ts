import { ACTION, FLAG, MBO_BYTES, MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";

/** Words of a record without its send time. */
export const STRIDE_WORDS = MBO_BYTES / 4;

/** Holds records until they are due, as bytes without their send times. */
export class RecordQueue {
  words = new Uint32Array(0);
  count = 0;
  next = 0;

  clear(): void {
    this.count = 0;
    this.next = 0;
  }

  get isEmpty(): boolean {
    return this.next === this.count;
  }

  /** Appends a copy of some records. */
  add(block: MboBlock): void {
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

  /** Epoch ns of the first record in `[from, to)` that is no part of a snapshot, or null. */
  firstLive(from: number, to = this.count): bigint | null {
    const { words } = this;
    for (let i = from; i < to; i++) {
      const at = i * STRIDE_WORDS;
      const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
      if ((packed & FLAG.SNAPSHOT) !== 0 || ((packed >>> 16) & 0xff) === ACTION.CLEAR) continue;
      return this.#timeNs(at);
    }
    return null;
  }

  /** Epoch ns of the next record; null when none is at hand or it is part of a snapshot. */
  get nextNs(): bigint | null {
    const at = this.next * STRIDE_WORDS;
    const flags = this.words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] ?? 0;
    return this.next === this.count || (flags & FLAG.SNAPSHOT) !== 0 ? null : this.#timeNs(at);
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

  #timeNs(at: number): bigint {
    const high = BigInt(this.words[at + MBO_WORD.TS_EVENT_HIGH]!);
    return (high << 32n) | BigInt(this.words[at + MBO_WORD.TS_EVENT_LOW]!);
  }
}
