import type { RecordHead, StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { isRaw, RAW_STREAMS } from "../../engine/frames/streams/mod.ts";
import type { ResumePoint, TapeHostPort } from "./protocol.ts";
import { ColumnWriter } from "./row_columns.ts";
import { timeOf } from "../../modules/tape/worker.ts";

/** Rows of one batch at most. */
const BATCH_ROWS = 250;

/** Identity of a derived row: a candle that is corrected comes again under its trace id. */
export function derivedKey(stream: StreamName, row: RecordHead): string {
  return `${stream} ${row.trace_id} ${row.ingest_ts}`;
}

/** Place of a raw stream's rows within one millisecond. */
function rankOf(stream: string): number {
  return RAW_STREAMS.findIndex((raw) => raw === stream);
}

interface RawPosition {
  readonly ts: number;
  readonly rank: number;
  readonly seq: number;
}

function comparePositions(a: RawPosition, b: RawPosition): number {
  return a.ts - b.ts || a.rank - b.rank || a.seq - b.seq;
}

function lastRaw(resume: ResumePoint): RawPosition | null {
  let last: RawPosition | null = null;
  for (const [stream, cursor] of Object.entries(resume.raw)) {
    const at = { ...cursor, rank: rankOf(stream) };
    if (last === null || comparePositions(at, last) > 0) last = at;
  }
  return last;
}

/** What goes out: nothing, the raw rows that a later replay warms up with, or everything. */
export type EmitMode = "none" | "raw" | "all";

/**
 * Numbers the derived rows, leaves out what the store has already, and forms batches. A derived row that
 * does not go out uses no number.
 */
export class Emitter {
  readonly #host: TapeHostPort;
  readonly #columns = new ColumnWriter();
  readonly #nextSeq = new Map<StreamName, number>();
  readonly #stored: Set<string>;
  /** Newest stored raw row; everything that the pipeline gives out before it is stored too. */
  #storedUntil: RawPosition | null;
  mode: EmitMode = "all";

  constructor(host: TapeHostPort, resume: ResumePoint | null) {
    this.#host = host;
    this.#storedUntil = resume === null ? null : lastRaw(resume);
    this.#stored = new Set(resume?.derivedKeys);
    for (const [stream, seq] of Object.entries(resume?.derivedSeq ?? {})) {
      this.#nextSeq.set(stream as StreamName, seq + 1);
    }
  }

  /** Takes a record from the pipeline. A batch that is full goes out with `watermarkTs`. */
  take<S extends StreamName>(stream: S, record: StreamRecords[S], watermarkTs: number): void {
    if (this.mode === "none" || (this.mode === "raw" && !isRaw(stream))) return;
    if (isRaw(stream)) {
      if (this.#isStored(stream, record)) return;
      this.#columns.push(stream, record);
    } else {
      if (this.#storedUntil !== null) return;
      if (this.#stored.size > 0 && this.#stored.delete(derivedKey(stream, record))) return;
      const seq = this.#nextSeq.get(stream) ?? 0;
      this.#nextSeq.set(stream, seq + 1);
      this.#columns.push(stream, { ...record, seq });
    }
    if (this.#columns.count >= BATCH_ROWS) this.flush(watermarkTs);
  }

  /** Sends what is waiting; `watermarkTs` is the event time up to which every row is out. */
  flush(watermarkTs: number): void {
    if (this.#columns.count === 0) return;
    const rows = this.#columns.take();
    const { stream, ts, seq } = rows;
    this.#host.send("batch", { rows, watermarkTs }, [stream.buffer, ts.buffer, seq.buffer]);
  }

  #isStored(stream: StreamName, record: StreamRecords[StreamName]): boolean {
    const until = this.#storedUntil;
    if (until === null) return false;
    const order = comparePositions(
      { ts: timeOf(record), rank: rankOf(stream), seq: record.seq },
      until,
    );
    if (order >= 0) this.#storedUntil = null;
    return order <= 0;
  }

  /** Rows of the store that were not made again are of no interest from here on. */
  forgetStored(): void {
    this.#storedUntil = null;
    this.#stored.clear();
  }
}
