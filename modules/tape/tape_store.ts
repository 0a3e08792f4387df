import { STREAM_NAMES, type StreamName } from "../../engine/frames/mod.ts";
import { bucketOf, byBucket, chunkPrefix } from "./_chunks.ts";
import { readMeta, replayLog, sealLog, type Tagged, writeEntry } from "./_journal.ts";
import { KvGate } from "../kit/mod.ts";
import { newestFirst, oldestFirst, type ReadContext } from "./_reads.ts";
import { RowWindow } from "./_row_window.ts";
import { type AnyRecord, compareRows, cursorOf } from "./cursor.ts";
import type { Cursor } from "./streams.ts";
import type { Page, ReadOptions, TapeBatch } from "./tape_store_types.ts";

/** How a store is set up. */
export interface TapeStoreOptions {
  /** Opens the database; called again after a failure. */
  readonly openKv: () => Promise<Deno.Kv>;
  /** Rows of a stream that stay in memory: at most this many (20,000) and this old (20 min). */
  readonly windowRows?: number;
  readonly windowMs?: number;
  /** Log entries, and rows in them, after which the log is turned into chunks (100 and 5,000). */
  readonly sealEntries?: number;
  readonly sealRows?: number;
}

/** Figures of a store. */
export interface TapeStoreStats {
  /** Rows and batches written since the start. */
  readonly rows: number;
  readonly batches: number;
  /** Log entries that are in no chunk yet. */
  readonly openEntries: number;
  /** Rows held in memory, all streams together. */
  readonly windowRows: number;
  /** Work on the database that failed. */
  readonly failures: number;
  /** Stored values that could not be read. */
  readonly damaged: number;
}

const BEFORE_ALL: Cursor = { ts: -1, seq: -1 };
const AFTER_ALL: Cursor = { ts: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };

/** Keys deleted in one step of {@link TapeStore.prune}. */
const PRUNE_KEYS = 200;

type Groups = Map<StreamName, Map<number, AnyRecord[]>>;

/**
 * The rows of all eleven streams: durable in a log at once, in chunks by stream and time soon after,
 * and the newest ones in memory. A batch is readable when its `append` resolves, and it survives a
 * crash from then on. One store writes to a database at a time; any number may read.
 */
export class TapeStore {
  readonly #gate: KvGate;
  readonly #options: Required<Omit<TapeStoreOptions, "openKv">>;
  readonly #windows = new Map<StreamName, RowWindow>();
  readonly #latest = new Map<StreamName, Cursor>();
  readonly #maxSeq: Partial<Record<StreamName, number>> = {};
  #pending: Groups = new Map();
  #pendingRows = 0;
  #open: { entry: number; parts: number }[] = [];
  #nextEntry = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #rows = 0;
  #batches = 0;
  #damaged = 0;
  #loaded = false;

  private constructor(options: TapeStoreOptions) {
    this.#gate = new KvGate("the tape's database", options.openKv);
    this.#options = {
      windowRows: options.windowRows ?? 20_000,
      windowMs: options.windowMs ?? 1_200_000,
      sealEntries: options.sealEntries ?? 100,
      sealRows: options.sealRows ?? 5_000,
    };
  }

  /**
   * Opens the database and takes over what the last process left in the log.
   *
   * @throws {StoreError} `storage_unavailable`.
   */
  static async open(options: TapeStoreOptions): Promise<TapeStore> {
    const store = new TapeStore(options);
    await store.#load();
    return store;
  }

  /**
   * Writes a batch. When it resolves the rows are durable and readable. Rows at positions that the
   * stream holds already are skipped, so a batch may be sent again.
   *
   * @throws {StoreError} Nothing of the batch is readable; send it again.
   */
  append(batch: TapeBatch): Promise<void> {
    return this.#enqueue(() => this.#append(batch));
  }

  /** Position of the newest row, or null while the stream is empty. */
  latest(stream: StreamName): Cursor | null {
    return this.#latest.get(stream) ?? null;
  }

  /** Highest `seq` that the stream has seen, or -1. Counters of derived streams go on from here. */
  maxSeq(stream: StreamName): number {
    return this.#maxSeq[stream] ?? -1;
  }

  /**
   * Rows before a position, newest first; from the newest row when the position is null.
   *
   * @throws {StoreError} `storage_unavailable`, or `query_timeout` by the signal.
   */
  async before<S extends StreamName>(
    stream: S,
    position: Cursor | null,
    options: ReadOptions<S>,
  ): Promise<Page<S>> {
    return await newestFirst(this.#context(stream), stream, position ?? AFTER_ALL, options);
  }

  /**
   * Rows after a position, oldest first; from the oldest row when the position is null.
   *
   * @throws {StoreError} `storage_unavailable`, or `query_timeout` by the signal.
   */
  async after<S extends StreamName>(
    stream: S,
    position: Cursor | null,
    options: ReadOptions<S>,
  ): Promise<Page<S>> {
    return await oldestFirst(this.#context(stream), stream, position ?? BEFORE_ALL, options);
  }

  /** Turns what is in the log into chunks now. Appending does it by itself from time to time. */
  seal(): Promise<void> {
    return this.#enqueue(() => this.#seal());
  }

  /**
   * Deletes chunks older than an epoch ms, a few at a time.
   *
   * @returns Whether there was more to delete than one step takes.
   */
  async prune(cutoffTs: number): Promise<boolean> {
    return await this.#gate.run(async (kv) => {
      let atomic = kv.atomic();
      let count = 0;
      for (const stream of STREAM_NAMES) {
        const prefix = chunkPrefix(stream);
        const end = [...prefix, bucketOf(stream, cutoffTs)];
        const list = kv.list({ start: prefix, end }, { limit: PRUNE_KEYS - count, batchSize: 20 });
        for await (const { key } of list) {
          atomic = atomic.delete(key);
          count++;
        }
        if (count >= PRUNE_KEYS) break;
      }
      if (count > 0) await atomic.commit();
      return count >= PRUNE_KEYS;
    });
  }

  /** Writes one value, so that a caller learns whether rows can be stored. @throws {StoreError} */
  probe(): Promise<void> {
    return this.#gate.probe();
  }

  stats(): TapeStoreStats {
    let windowRows = 0;
    for (const window of this.#windows.values()) windowRows += window.size;
    return {
      rows: this.#rows,
      batches: this.#batches,
      openEntries: this.#open.length,
      windowRows,
      failures: this.#gate.failures,
      damaged: this.#damaged,
    };
  }

  /** Finishes what is under way and closes the database. */
  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    await this.#gate.close();
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #context(stream: StreamName): ReadContext {
    return {
      gate: this.#gate,
      // While the store loads, everything lies below the window.
      window: this.#windows.get(stream) ?? this.#window(AFTER_ALL),
      pending: this.#pending,
      onDamaged: () => {
        this.#damaged++;
      },
    };
  }

  #window(floor: Cursor): RowWindow {
    const { windowRows, windowMs } = this.#options;
    return new RowWindow({ maxRows: windowRows, maxAgeMs: windowMs }, floor);
  }

  async #load(): Promise<void> {
    await this.#gate.run(async (kv) => {
      const meta = await readMeta(kv);
      Object.assign(this.#maxSeq, meta.maxSeq);
      this.#nextEntry = meta.nextEntry;
      for await (const { entry, part, rows } of replayLog(kv, () => this.#damaged++)) {
        this.#nextEntry = Math.max(this.#nextEntry, entry + 1);
        const open = this.#open[this.#open.length - 1];
        if (open?.entry === entry) open.parts = part + 1;
        else this.#open.push({ entry, parts: part + 1 });
        this.#addPending(rows);
        for (const { stream, row } of rows) this.#note(stream, row);
      }
    });
    for (const stream of STREAM_NAMES) {
      const { rows } = await this.before(stream, null, { limit: 1 });
      const newest = rows[0];
      // What is stored stays below the window: it is read from the database until it is old.
      const floor = newest === undefined ? BEFORE_ALL : cursorOf(newest);
      if (newest !== undefined) this.#latest.set(stream, floor);
      this.#windows.set(stream, this.#window(floor));
    }
    this.#loaded = true;
  }

  async #append(batch: TapeBatch): Promise<void> {
    const rows = this.#unseen(batch);
    if (rows.length === 0) return;
    const entry = this.#nextEntry;
    const parts = await this.#gate.run((kv) => writeEntry(kv, entry, rows));
    this.#nextEntry = entry + 1;
    this.#open.push({ entry, parts });
    this.#addPending(rows);
    for (const { stream, row } of rows) {
      this.#windows.get(stream)?.insert(row);
      this.#note(stream, row);
    }
    for (const window of this.#windows.values()) window.trim();
    this.#rows += rows.length;
    this.#batches++;
    const { sealEntries, sealRows } = this.#options;
    if (this.#open.length < sealEntries && this.#pendingRows < sealRows) return;
    try {
      await this.#seal();
    } catch {
      // The rows are durable in the log: the next append tries again.
    }
  }

  /** The rows of a batch that the windows do not hold, each position once. */
  #unseen(batch: TapeBatch): Tagged[] {
    const unseen: Tagged[] = [];
    for (const stream of STREAM_NAMES) {
      const given: readonly AnyRecord[] = batch[stream] ?? [];
      const rows = given.length > 1 ? [...given].sort(compareRows) : given;
      const window = this.#windows.get(stream);
      let before: AnyRecord | null = null;
      for (const row of rows) {
        const again = before !== null && compareRows(before, row) === 0;
        before = row;
        if (!again && window?.has(row) !== true) unseen.push({ stream, row });
      }
    }
    return unseen;
  }

  #note(stream: StreamName, row: AnyRecord): void {
    this.#maxSeq[stream] = Math.max(this.maxSeq(stream), row.seq);
    const newest = this.#latest.get(stream);
    const at = cursorOf(row);
    if (newest === undefined || at.ts > newest.ts || (at.ts === newest.ts && at.seq > newest.seq)) {
      this.#latest.set(stream, at);
    }
  }

  #addPending(rows: readonly Tagged[]): void {
    const byStream = new Map<StreamName, AnyRecord[]>();
    for (const { stream, row } of rows) {
      const list = byStream.get(stream);
      if (list === undefined) byStream.set(stream, [row]);
      else list.push(row);
    }
    for (const [stream, list] of byStream) {
      const groups = this.#pending.get(stream) ?? new Map<number, AnyRecord[]>();
      this.#pending.set(stream, groups);
      for (const [bucket, some] of byBucket(stream, list)) {
        const group = groups.get(bucket);
        if (group === undefined) groups.set(bucket, some);
        else group.push(...some);
      }
    }
    this.#pendingRows += rows.length;
  }

  async #seal(): Promise<void> {
    const firstEntry = this.#open[0]?.entry;
    if (firstEntry === undefined || !this.#loaded) return;
    const groups = this.#pending;
    const entries = this.#open;
    const meta = { nextEntry: this.#nextEntry, maxSeq: { ...this.#maxSeq } };
    await this.#gate.run((kv) => sealLog(kv, { groups, firstEntry, entries, meta }));
    // A new map: a read that began before still holds the old one and misses nothing.
    this.#pending = new Map();
    this.#pendingRows = 0;
    this.#open = [];
  }
}
