import type { StreamName, StreamRecords } from "../../../engine/frames/mod.ts";
import { type Cursor, timeOf } from "../../../modules/tape/worker.ts";

/** Rows asked for at once. */
const PAGE_ROWS = 2_000;

/** Rows left at which the next page is asked for. */
const PREFETCH_ROWS = 1_000;

/** Reads a page of the store, oldest first. */
export type ReadPage = <S extends StreamName>(
  stream: S,
  after: Cursor,
  untilTs: number,
  limit: number,
) => Promise<{ readonly rows: readonly StreamRecords[S][]; readonly next: Cursor | null }>;

/** The stored rows of one stream in order, read ahead. */
export class StoredStream<S extends StreamName> {
  readonly stream: S;
  readonly #read: ReadPage;
  readonly #untilTs: number;
  #rows: StreamRecords[S][] = [];
  #at = 0;
  #next: Cursor | null;
  #reading: Promise<void> | null = null;

  /** Rows with `fromTs` ≤ time ≤ `untilTs`, epoch ms. */
  constructor(stream: S, read: ReadPage, fromTs: number, untilTs: number) {
    this.stream = stream;
    this.#read = read;
    this.#untilTs = untilTs;
    this.#next = { ts: Math.max(0, fromTs - 1), seq: Number.MAX_SAFE_INTEGER };
  }

  /** Whether every row before `ts` is here without waiting. */
  isReadyFor(ts: number): boolean {
    const last = this.#rows[this.#rows.length - 1];
    const isReady = this.#next === null || (last !== undefined && timeOf(last) >= ts);
    // On a fast tape the rows that are left may be many and yet not reach far enough.
    if (!isReady || this.#rows.length - this.#at < PREFETCH_ROWS) this.#prefetch();
    return isReady;
  }

  /** Waits until every row before `ts` is here. */
  async fill(ts: number): Promise<void> {
    while (!this.isReadyFor(ts)) await this.#reading;
  }

  /** Next row, or null when none is here. */
  peek(): StreamRecords[S] | null {
    return this.#rows[this.#at] ?? null;
  }

  /** Takes the next row. */
  shift(): StreamRecords[S] | null {
    const row = this.#rows[this.#at] ?? null;
    if (row !== null) this.#at++;
    if (this.#at >= PAGE_ROWS) {
      this.#rows = this.#rows.slice(this.#at);
      this.#at = 0;
    }
    return row;
  }

  #prefetch(): void {
    const from = this.#next;
    if (from === null || this.#reading !== null) return;
    this.#reading = this.#page(from).finally(() => {
      this.#reading = null;
    });
    // Whoever waits for the page learns of its failure; nobody may be waiting yet.
    this.#reading.catch(() => undefined);
  }

  async #page(from: Cursor): Promise<void> {
    const { rows, next } = await this.#read(this.stream, from, this.#untilTs, PAGE_ROWS);
    for (const row of rows) this.#rows.push(row);
    this.#next = next;
  }
}
