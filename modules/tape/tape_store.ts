import type { StreamName } from "../../engine/frames/mod.ts";
import { KvGate } from "../kit/mod.ts";
import { addRows, bucketOf, chunkPrefix, type Groups, ordered } from "./_chunks.ts";
import { LostStretches } from "./_lost.ts";
import { readMeta, replayLog, sealLog, writeChunks, writeEntry } from "./_journal.ts";
import { newestFirst, oldestFirst, type ReadContext } from "./_reads.ts";
import { RowWindow } from "./_row_window.ts";
import { compareAt, type Cursor } from "./cursor.ts";
import type { LostStretch, Page, ReadOptions } from "./page.ts";
import { compareStored, type StoredRow } from "./stored_row.ts";
import { STREAMS, type Streams } from "./streams/mod.ts";

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
  /** Streams that are stored; those of this release when omitted. */
  readonly streams?: Streams;
  /** Told once of every stored value that cannot be read. */
  readonly onDamaged?: (lost: LostStretch) => void;
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
  /** Stored values that cannot be read, as far as they were asked for. */
  readonly damaged: number;
}

const BEFORE_ALL: Cursor = { ts: -1, seq: -1 };
const AFTER_ALL: Cursor = { ts: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };

/** Keys deleted in one step of {@link TapeStore.prune}. */
const PRUNE_KEYS = 200;

/**
 * The rows of all streams: durable in a log at once, in chunks by stream and time soon after,
 * and the newest ones in memory. A batch is readable when its `append` resolves, and it survives a
 * crash from then on. One store writes to a database at a time; any number may read.
 */
export class TapeStore {
  /** Streams that it stores. */
  readonly streams: Streams;
  readonly #gate: KvGate;
  readonly #lost: LostStretches;
  readonly #options: Required<
    Pick<TapeStoreOptions, "windowRows" | "windowMs" | "sealEntries" | "sealRows">
  >;
  readonly #windows = new Map<StreamName, RowWindow>();
  readonly #latest = new Map<StreamName, Cursor>();
  readonly #maxSeq: Partial<Record<StreamName, number>> = {};
  #pending: Groups = new Map();
  #pendingRows = 0;
  /** Parts of the log that are in no chunk yet, and the entry of the first. */
  #open: Deno.KvKey[] = [];
  #openEntries: number[] = [];
  #nextEntry = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #rows = 0;
  #batches = 0;
  #loaded = false;

  private constructor(options: TapeStoreOptions) {
    this.#gate = new KvGate("the tape's database", options.openKv);
    this.streams = options.streams ?? STREAMS;
    this.#lost = new LostStretches(options.onDamaged ?? (() => undefined));
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
   * Writes rows of any streams, whose texts are stored as they are. When it resolves they are durable and
   * readable. Rows at positions that a stream holds already are skipped, so a batch may be sent again.
   *
   * @throws {StoreError} Nothing of the batch is readable; send it again.
   */
  append(rows: readonly StoredRow[]): Promise<void> {
    return this.#enqueue(() => this.#append(rows));
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
    return await newestFirst(this.#context(stream), position ?? AFTER_ALL, options);
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
    return await oldestFirst(this.#context(stream), position ?? BEFORE_ALL, options);
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
      for (const stream of this.streams.names) {
        const prefix = chunkPrefix(stream);
        const end = [...prefix, bucketOf(this.streams, stream, cutoffTs)];
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
      openEntries: this.#openEntries.length,
      windowRows,
      failures: this.#gate.failures,
      damaged: this.#lost.count,
    };
  }

  /** Stretches whose rows cannot be read any more, as far as they were asked for; the newest 100. */
  get lost(): readonly LostStretch[] {
    return this.#lost.newest;
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

  #context<S extends StreamName>(stream: S): ReadContext<S> {
    return {
      streams: this.streams,
      stream,
      gate: this.#gate,
      // While the store loads, everything lies below the window.
      window: this.#windows.get(stream) ?? this.#window(AFTER_ALL),
      pending: this.#pending,
      onDamaged: (key, stretch) => this.#lost.add(key, stretch),
    };
  }

  #window(floor: Cursor): RowWindow {
    const { windowRows, windowMs } = this.#options;
    return new RowWindow({ maxRows: windowRows, maxAgeMs: windowMs }, floor);
  }

  async #load(): Promise<void> {
    await this.#gate.run((kv) => this.#loadLog(kv));
    for (const stream of this.streams.names) {
      const { stored: [newest] } = await this.before(stream, null, { limit: 1 });
      // What is stored stays below the window: it is read from the database until it is old.
      const floor = newest === undefined ? BEFORE_ALL : { ts: newest.ts, seq: newest.seq };
      if (newest !== undefined) this.#latest.set(stream, floor);
      this.#windows.set(stream, this.#window(floor));
    }
    this.#loaded = true;
  }

  async #loadLog(kv: Deno.Kv): Promise<void> {
    const meta = await readMeta(kv);
    Object.assign(this.#maxSeq, meta.maxSeq);
    this.#nextEntry = meta.nextEntry;
    let reachedTs = 0;
    for await (const { entry, key, rows } of replayLog(kv)) {
      this.#nextEntry = Math.max(this.#nextEntry, entry + 1);
      if (rows === null) {
        // It stays where it is, and is told of at every start; nothing says whose rows it held.
        this.#lost.add(key, { stream: null, from_ts: reachedTs, to_ts: reachedTs });
        continue;
      }
      this.#opened(entry, [key]);
      this.#addPending(rows);
      this.#noteAll(rows);
      for (const { ts } of rows) reachedTs = Math.max(reachedTs, ts);
    }
  }

  async #append(batch: readonly StoredRow[]): Promise<void> {
    const rows = this.#unseen(batch);
    if (rows.length === 0) return;
    const { sealEntries, sealRows } = this.#options;
    const isSealed = rows.length >= sealRows && await this.#writeSealed(rows);
    if (!isSealed) await this.#writeLog(rows);
    for (const row of rows) this.#windows.get(row.stream)?.insert(row);
    this.#noteAll(rows);
    for (const window of this.#windows.values()) window.trim();
    this.#rows += rows.length;
    this.#batches++;
    if (this.#openEntries.length < sealEntries && this.#pendingRows < sealRows) return;
    try {
      await this.#seal();
    } catch {
      // The rows are durable in the log: the next append tries again.
    }
  }

  async #writeLog(rows: readonly StoredRow[]): Promise<void> {
    const entry = this.#nextEntry;
    const keys = await this.#gate.run((kv) => writeEntry(kv, entry, rows));
    this.#nextEntry = entry + 1;
    this.#opened(entry, keys);
    this.#addPending(rows);
  }

  /** Writes a large batch as the chunks that the log would be turned into at once. Returns whether it fits. */
  async #writeSealed(rows: readonly StoredRow[]): Promise<boolean> {
    // What came before lies in chunks whose keys come before.
    await this.#seal();
    const firstEntry = this.#nextEntry;
    const groups: Groups = new Map();
    addRows(this.streams, groups, rows);
    const maxSeq = { ...this.#maxSeq };
    for (const { stream, seq } of rows) maxSeq[stream] = Math.max(maxSeq[stream] ?? -1, seq);
    const meta = { nextEntry: firstEntry + 1, maxSeq };
    if (!await this.#gate.run((kv) => writeChunks(kv, { groups, firstEntry, meta }))) return false;
    this.#nextEntry = firstEntry + 1;
    return true;
  }

  #opened(entry: number, keys: readonly Deno.KvKey[]): void {
    this.#open.push(...keys);
    if (this.#openEntries[this.#openEntries.length - 1] !== entry) this.#openEntries.push(entry);
  }

  /** The rows of a batch that the windows do not hold, stream by stream in order, each position once. */
  #unseen(batch: readonly StoredRow[]): StoredRow[] {
    const groups = Map.groupBy(batch, (row) => row.stream);
    return this.streams.names.flatMap((stream) => {
      const window = this.#windows.get(stream);
      return ordered(groups.get(stream) ?? []).filter((row) => window?.has(row) !== true);
    });
  }

  /** Remembers how far the streams of some rows have come. Neighbours mostly are of one stream. */
  #noteAll(rows: readonly StoredRow[]): void {
    let newest = rows[0];
    let maxSeq = -1;
    for (const row of rows) {
      if (newest !== undefined && row.stream !== newest.stream) {
        this.#note(newest, maxSeq);
        newest = row;
        maxSeq = -1;
      }
      if (newest === undefined || compareStored(row, newest) > 0) newest = row;
      maxSeq = Math.max(maxSeq, row.seq);
    }
    if (newest !== undefined) this.#note(newest, maxSeq);
  }

  #note({ stream, ts, seq }: StoredRow, maxSeq: number): void {
    this.#maxSeq[stream] = Math.max(this.maxSeq(stream), maxSeq);
    const newest = this.#latest.get(stream);
    if (newest === undefined || compareAt(ts, seq, newest.ts, newest.seq) > 0) {
      this.#latest.set(stream, { ts, seq });
    }
  }

  #addPending(rows: readonly StoredRow[]): void {
    addRows(this.streams, this.#pending, rows);
    this.#pendingRows += rows.length;
  }

  async #seal(): Promise<void> {
    const firstEntry = this.#openEntries[0];
    if (firstEntry === undefined || !this.#loaded) return;
    const groups = this.#pending;
    const parts = this.#open;
    const meta = { nextEntry: this.#nextEntry, maxSeq: { ...this.#maxSeq } };
    await this.#gate.run((kv) => sealLog(kv, { groups, firstEntry, parts, meta }));
    // A new map: a read that began before still holds the old one and misses nothing.
    this.#pending = new Map();
    this.#pendingRows = 0;
    this.#open = [];
    this.#openEntries = [];
  }
}
