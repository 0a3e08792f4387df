import type { StreamName } from "../../engine/flow/mod.ts";
import type { AnyRecord, TapeBatch, TapeStore } from "../../modules/tape/mod.ts";
import type { Logger } from "../log/mod.ts";
import type { Clock } from "../market/clock.ts";
import type { TapeRow } from "./row.ts";

/** What a writer needs of a store. */
export type RowStore = Pick<TapeStore, "append">;

/** A stretch of the tape that readers of the history will miss. Times in epoch ms of the tape. */
export interface TapeGap {
  readonly from_ts: number;
  readonly to_ts: number;
  /** Rows that were sent to the sockets but not stored; 0 for a stretch that was never made. */
  readonly rows: number;
  readonly reason: string;
}

/** How patient a writer is with its store. */
export interface WriterOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** First and longest pause between two attempts, ms. */
  readonly backoffMs?: readonly [number, number];
  /** Time after which rows go on without being stored, ms. */
  readonly giveUpMs?: number;
}

/** Gaps remembered. */
const MAX_GAPS = 100;

/** The rows as the store takes them. */
export function batchOf(rows: readonly TapeRow[]): TapeBatch {
  const batch: Partial<Record<StreamName, AnyRecord[]>> = {};
  for (const row of rows) {
    const list = batch[row.stream] ??= [];
    // The worker serialised a record of exactly this stream.
    list.push(row.record as AnyRecord);
  }
  return batch as TapeBatch;
}

/**
 * Stores batches one after the other. A store that fails is asked again, with growing pauses; one that
 * stays away longer than the limit loses rows, which are counted and told as a gap, so that the tape on
 * the screens goes on. The first append that succeeds afterwards ends the gap.
 */
export class StoreWriter {
  readonly #store: RowStore;
  readonly #options: WriterOptions;
  readonly #stop = new AbortController();
  #gaps: TapeGap[] = [];
  #open: TapeGap | null = null;
  #retryAtMs = 0;
  #pauseMs: number;
  #delayMs = 0;
  #rows = 0;
  #lost = 0;
  #failures = 0;

  constructor(store: RowStore, options: WriterOptions) {
    this.#store = store;
    this.#options = options;
    this.#pauseMs = this.#backoff[0];
  }

  /** Gaps, oldest first; the last one may be open still. */
  get gaps(): readonly TapeGap[] {
    return this.#open === null ? this.#gaps : [...this.#gaps, this.#open];
  }

  /** Whether rows are being lost now. */
  get isLosing(): boolean {
    return this.#open !== null;
  }

  /** Time that the last batch took to be stored, ms; rows stored, rows lost and failed attempts. */
  get figures(): { delayMs: number; rows: number; lost: number; failures: number } {
    return {
      delayMs: this.#delayMs,
      rows: this.#rows,
      lost: this.#lost,
      failures: this.#failures,
    };
  }

  /** Ends the waiting; what is not stored by then is lost. */
  stop(): void {
    this.#stop.abort();
  }

  /** Remembers a stretch that nobody made. */
  skipped(fromTs: number, toTs: number, reason: string): void {
    this.#addGap({ from_ts: fromTs, to_ts: toTs, rows: 0, reason });
  }

  /** Stores rows. Returns whether they are in the store; false when the writer gave up on them. */
  async write(rows: readonly TapeRow[]): Promise<boolean> {
    const { clock } = this.#options;
    const startMs = clock.nowMs();
    const batch = batchOf(rows);
    while (true) {
      if (this.#open !== null && clock.nowMs() < this.#retryAtMs) return this.#lose(rows);
      try {
        await this.#store.append(batch);
        this.#stored(rows.length, clock.nowMs() - startMs);
        return true;
      } catch (error) {
        this.#failed(error);
      }
      const waited = clock.nowMs() - startMs;
      const giveUpMs = this.#options.giveUpMs ?? 10_000;
      if (this.#open !== null || this.#stop.signal.aborted || waited >= giveUpMs) {
        this.#retryAtMs = clock.nowMs() + this.#pauseMs;
        this.#pauseMs = Math.min(this.#pauseMs * 2, this.#backoff[1]);
        return this.#lose(rows);
      }
      await clock.sleep(this.#pauseMs, this.#stop.signal);
      this.#pauseMs = Math.min(this.#pauseMs * 2, this.#backoff[1]);
    }
  }

  get #backoff(): readonly [number, number] {
    return this.#options.backoffMs ?? [100, 5_000];
  }

  #stored(rows: number, tookMs: number): void {
    this.#rows += rows;
    this.#delayMs = tookMs;
    this.#pauseMs = this.#backoff[0];
    if (this.#open === null) return;
    const gap = this.#open;
    this.#open = null;
    this.#addGap(gap);
    this.#options.log.warn("tape_store_back", { rows: gap.rows, from: gap.from_ts, to: gap.to_ts });
  }

  #failed(error: unknown): void {
    this.#failures++;
    const message = error instanceof Error ? error.message : String(error);
    if (this.#failures === 1 || this.#open === null) {
      this.#options.log.warn("tape_store_failed", { message, failures: this.#failures });
    }
  }

  #lose(rows: readonly TapeRow[]): false {
    let from = this.#open?.from_ts ?? Infinity;
    let to = this.#open?.to_ts ?? -Infinity;
    for (const { ts } of rows) {
      from = Math.min(from, ts);
      to = Math.max(to, ts);
    }
    if (this.#open === null) this.#options.log.error("tape_store_gave_up", { from });
    this.#lost += rows.length;
    this.#open = {
      from_ts: from,
      to_ts: to,
      rows: (this.#open?.rows ?? 0) + rows.length,
      reason: "the store was away",
    };
    return false;
  }

  #addGap(gap: TapeGap): void {
    this.#gaps = [...this.#gaps, gap].slice(-MAX_GAPS);
  }
}
