/** What the buffer orders by. */
export interface Ordered {
  readonly ts: number;
  readonly seq: number;
}

/** Rank within one instant: option quotes, equity quotes, option prints, equity prints. A join sees equal times. */
export type RawRank = 0 | 1 | 2 | 3;

/** Most records that wait at once; beyond it the oldest go out ahead of the watermark. */
export const REORDER_CAP = 65_536;

/**
 * Holds raw records back until the watermark has passed them and gives them out by (ts, rank, seq).
 * A record that is already in order costs one comparison.
 */
export class ReorderBuffer {
  #records: Ordered[] = [];
  #ranks: RawRank[] = [];
  #head = 0;

  get size(): number {
    return this.#records.length - this.#head;
  }

  push(rank: RawRank, record: Ordered): void {
    const records = this.#records;
    const ranks = this.#ranks;
    let at = records.length;
    records.push(record);
    ranks.push(rank);
    while (at > this.#head && this.#isAfter(at - 1, rank, record)) {
      records[at] = records[at - 1]!;
      ranks[at] = ranks[at - 1]!;
      at--;
    }
    records[at] = record;
    ranks[at] = rank;
  }

  /** Time of the next record, or Infinity. */
  nextTs(): number {
    return this.#records[this.#head]?.ts ?? Infinity;
  }

  /** Takes the next record out and gives it to `take`. The buffer must not be empty. */
  shift(take: (rank: RawRank, record: Ordered) => void): void {
    const rank = this.#ranks[this.#head]!;
    const record = this.#records[this.#head]!;
    this.#head++;
    if (this.#head === this.#records.length) {
      this.#records.length = 0;
      this.#ranks.length = 0;
      this.#head = 0;
    } else if (this.#head >= 4_096 && this.#head * 2 >= this.#records.length) {
      this.#records = this.#records.slice(this.#head);
      this.#ranks = this.#ranks.slice(this.#head);
      this.#head = 0;
    }
    take(rank, record);
  }

  #isAfter(at: number, rank: RawRank, record: Ordered): boolean {
    const other = this.#records[at]!;
    if (other.ts !== record.ts) return other.ts > record.ts;
    const otherRank = this.#ranks[at]!;
    if (otherRank !== rank) return otherRank > rank;
    return other.seq > record.seq;
  }
}
