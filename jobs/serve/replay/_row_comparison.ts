import type { StreamName } from "../../../engine/frames/mod.ts";
import { isRaw } from "../../../engine/frames/streams/mod.ts";
import { type AnyRecord, STREAMS } from "../../../modules/tape/contract.ts";
import { type ReadPage, StoredStream } from "./_stored_stream.ts";

/** Streams that the pipeline makes. */
const DERIVED = STREAMS.names.filter((stream) => !isRaw(stream));

/** Stored rows are looked for from so much earlier than they may be late, ms. */
const SLACK_MS = 30_000;

/** Time after which a stored row that was not made again counts as missing, ms. */
const PATIENCE_MS = 2_000;

/** Differences that are told. */
const MAX_TOLD = 20;

/** A record as text with its keys in order, without its number: releases before this one counted otherwise. */
function canonical(record: AnyRecord): string {
  return JSON.stringify(record, (key, value: unknown) => {
    if (key === "seq") return undefined;
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
  });
}

function keyOf(stream: StreamName, record: AnyRecord): string {
  return `${stream} ${record.trace_id} ${record.ingest_ts}`;
}

interface Stored {
  readonly text: string;
  readonly seq: number;
  readonly ingestTs: number;
}

/** Holds the derived rows that are made again against the stored ones. */
export class RowComparison {
  readonly #streams: readonly StoredStream<StreamName>[];
  readonly #fromTs: number;
  readonly #waiting = new Map<string, Stored>();
  matched = 0;
  mismatched = 0;
  readonly differences: string[] = [];

  /** Compares rows published from `fromTs` to `untilTs`, epoch ms. */
  constructor(read: ReadPage, fromTs: number, untilTs: number) {
    this.#fromTs = fromTs;
    this.#streams = DERIVED.map((stream) =>
      new StoredStream(stream, read, fromTs - STREAMS.of(stream).lateMs - SLACK_MS, untilTs)
    );
  }

  /** Whether the stored rows up to `ts` are here without waiting. */
  isReadyFor(ts: number): boolean {
    let ready = true;
    for (const stream of this.#streams) ready = stream.isReadyFor(ts) && ready;
    return ready;
  }

  /** Waits for the stored rows with a time up to `ts`. */
  async fill(ts: number): Promise<void> {
    for (const stream of this.#streams) await stream.fill(ts);
  }

  /** Takes up the stored rows with a time before `ts`. They are here when {@link isReadyFor} says so. */
  load(ts: number): void {
    for (const stream of this.#streams) {
      for (let row = stream.peek(); row !== null; row = stream.peek()) {
        const at = "ts" in row ? row.ts : row.source_ts;
        if (at >= ts) break;
        stream.shift();
        if (row.ingest_ts < this.#fromTs) continue;
        const entry = { text: canonical(row), seq: row.seq, ingestTs: row.ingest_ts };
        this.#waiting.set(keyOf(stream.stream, row), entry);
      }
    }
  }

  /** Compares a row that was made again. @returns The number that it has in the store, or its own. */
  check(stream: StreamName, record: AnyRecord): number {
    const key = keyOf(stream, record);
    const stored = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (stored === undefined) {
      this.#differ(`only now: ${key}`);
      return record.seq;
    }
    if (stored.text === canonical(record)) this.matched++;
    else this.#differ(`differs: ${key}`);
    return stored.seq;
  }

  /** Counts the stored rows published before `ts` that were not made again. */
  expire(ts: number): void {
    for (const [key, { ingestTs }] of this.#waiting) {
      if (ingestTs >= ts - PATIENCE_MS) continue;
      this.#waiting.delete(key);
      this.#differ(`only stored: ${key}`);
    }
  }

  #differ(what: string): void {
    this.mismatched++;
    if (this.differences.length < MAX_TOLD) this.differences.push(what);
  }
}
