import type { LostStretch, StoredRow, TapeStore } from "../../modules/tape/mod.ts";
import type { Clock, Logger } from "../kit/mod.ts";

/** What a writer needs of a store. */
export type RowStore = Pick<TapeStore, "append">;

/** A stretch of the tape that readers of the history will miss. Times in epoch ms of the tape. */
export interface TapeGap {
  readonly from_ts: number;
  readonly to_ts: number;
  /** Rows that were sent to the sockets but not stored; 0 when nobody knows, or none were made. */
  readonly rows: number;
  readonly reason: string;
}

/** The gap that damaged rows of the store leave. */
export function gapOf({ stream, from_ts, to_ts }: LostStretch): TapeGap {
  return { from_ts, to_ts, rows: 0, reason: `stored rows of ${stream ?? "the log"} are damaged` };
}

/** How patient a writer is with its store. */
export interface WriterOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** First and longest pause between two attempts, ms. */
  readonly backoffMs?: readonly [number, number];
  /** Time after which rows go on without being stored, ms. */
  readonly giveUpMs?: number;
  /** Rows kept for a store that is away. */
  readonly lateRows?: number;
}

/** Rows kept for a store that is away: a minute of the highest load, an hour and more of the usual one. */
const LATE_ROWS = 300_000;

/** Gaps remembered. */
const MAX_GAPS = 100;

/**
 * Stores batches one after the other. A store that fails is asked again, with growing pauses. When it
 * stays away, the tape on the screens goes on and the rows wait here; they are stored, in order, before
 * the first ones after its return. Only what is more than fits is lost, counted and told as a gap.
 */
export class StoreWriter {
  readonly #store: RowStore;
  readonly #options: WriterOptions;
  readonly #stop = new AbortController();
  #gaps: TapeGap[] = [];
  /** Rows that were published but are not stored yet, oldest first. */
  #late: (readonly StoredRow[])[] = [];
  #lateRows = 0;
  /** What was lost since the store went away. */
  #gap: TapeGap | null = null;
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

  /** Stretches that the history lacks, oldest first; the last one is open while rows wait. */
  get gaps(): readonly TapeGap[] {
    const waiting = this.#late.reduce<TapeGap | null>((gap, rows) => widened(gap, rows), this.#gap);
    return waiting === null ? this.#gaps : [...this.#gaps, waiting];
  }

  /** Whether published rows are not stored. */
  get isBehind(): boolean {
    return this.#lateRows > 0;
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

  /** Ends the waiting; what is not stored by then is made again at the next start. */
  stop(): void {
    this.#stop.abort();
  }

  /** Remembers a stretch that nobody made. */
  skipped(fromTs: number, toTs: number, reason: string): void {
    this.#addGap({ from_ts: fromTs, to_ts: toTs, rows: 0, reason });
  }

  /** Stores rows. Returns whether they are in the store; false when they wait for it. */
  async write(rows: readonly StoredRow[]): Promise<boolean> {
    const { clock, giveUpMs = 10_000 } = this.#options;
    const startMs = clock.nowMs();
    while (true) {
      if (this.isBehind && clock.nowMs() < this.#retryAtMs) return this.#wait(rows);
      try {
        await this.#storeLate();
        await this.#store.append(rows);
        this.#rows += rows.length;
        this.#delayMs = clock.nowMs() - startMs;
        this.#pauseMs = this.#backoff[0];
        return true;
      } catch (error) {
        this.#failed(error);
      }
      const pauseMs = this.#pauseMs;
      this.#pauseMs = Math.min(pauseMs * 2, this.#backoff[1]);
      const isOver = this.#stop.signal.aborted || clock.nowMs() - startMs >= giveUpMs;
      if (this.isBehind || isOver) {
        this.#retryAtMs = clock.nowMs() + pauseMs;
        return this.#wait(rows);
      }
      await clock.sleep(pauseMs, this.#stop.signal);
    }
  }

  get #backoff(): readonly [number, number] {
    return this.#options.backoffMs ?? [100, 5_000];
  }

  async #storeLate(): Promise<void> {
    if (!this.isBehind) return;
    let stored = 0;
    for (let rows = this.#late[0]; rows !== undefined; rows = this.#late[0]) {
      await this.#store.append(rows);
      this.#late.shift();
      this.#lateRows -= rows.length;
      this.#rows += rows.length;
      stored += rows.length;
    }
    this.#options.log.warn("tape_store_back", { stored, lost: this.#gap?.rows ?? 0 });
    if (this.#gap !== null) this.#addGap(this.#gap);
    this.#gap = null;
  }

  #failed(error: unknown): void {
    this.#failures++;
    const message = error instanceof Error ? error.message : String(error);
    if (!this.isBehind) {
      this.#options.log.warn("tape_store_failed", { message, failures: this.#failures });
    }
  }

  #wait(rows: readonly StoredRow[]): false {
    if (!this.isBehind) {
      this.#options.log.error("tape_store_gave_up", { from: rows[0]?.ts ?? null });
    }
    this.#late.push(rows);
    this.#lateRows += rows.length;
    const most = this.#options.lateRows ?? LATE_ROWS;
    while (this.#lateRows > most && this.#late.length > 1) {
      const oldest = this.#late.shift() ?? [];
      this.#lateRows -= oldest.length;
      this.#lost += oldest.length;
      this.#gap = widened(this.#gap, oldest);
    }
    return false;
  }

  #addGap(gap: TapeGap): void {
    this.#gaps = [...this.#gaps, gap].slice(-MAX_GAPS);
  }
}

function widened(gap: TapeGap | null, rows: readonly StoredRow[]): TapeGap {
  let from = gap?.from_ts ?? Infinity;
  let to = gap?.to_ts ?? -Infinity;
  for (const { ts } of rows) {
    from = Math.min(from, ts);
    to = Math.max(to, ts);
  }
  const count = (gap?.rows ?? 0) + rows.length;
  return { from_ts: from, to_ts: to, rows: count, reason: "the store was away" };
}
