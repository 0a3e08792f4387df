import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { isRaw } from "../../engine/frames/streams/mod.ts";
import type { ResumePoint, TapeHostPort } from "./protocol.ts";
import { ColumnWriter } from "./row_columns.ts";
import { compareCursors, cursorOf } from "../../modules/tape/worker.ts";

/** Rows of one batch at most. */
const BATCH_ROWS = 5_000;

/**
 * Leaves out the rows of a warm-up and what the store has already, and forms batches. The rows of a stream go out in order of their
 * positions, and a batch is stored whole: what the store has of a stream is all up to its newest row.
 */
export class Emitter {
  readonly #host: TapeHostPort;
  readonly #columns = new ColumnWriter();
  /** Streams that may still give out rows that are stored. */
  readonly #resumed = new Map<StreamName, (record: StreamRecords[StreamName]) => boolean>();
  #rawFromTs = -Infinity;
  #derivedFromTs = -Infinity;

  constructor(host: TapeHostPort, resume: ResumePoint | null) {
    this.#host = host;
    for (const [stream, newest] of Object.entries(resume?.raw ?? {})) {
      const isStored = (record: StreamRecords[StreamName]) =>
        compareCursors(cursorOf(record), newest) <= 0;
      this.#resumed.set(stream as StreamName, isStored);
    }
    for (const [stream, seq] of Object.entries(resume?.derivedSeq ?? {})) {
      this.#resumed.set(stream as StreamName, (record) => record.seq <= seq);
    }
  }

  /** Raw rows and derived ones that went out before these times are part of a warm-up, epoch ms. */
  begin(rawFromTs: number, derivedFromTs: number): void {
    this.#rawFromTs = rawFromTs;
    this.#derivedFromTs = derivedFromTs;
  }

  /** Takes a record from the pipeline. A batch that is full goes out with `watermarkTs`. */
  take<S extends StreamName>(stream: S, record: StreamRecords[S], watermarkTs: number): void {
    if (record.ingest_ts < (isRaw(stream) ? this.#rawFromTs : this.#derivedFromTs)) return;
    if (this.#resumed.get(stream)?.(record) === true) return;
    this.#resumed.delete(stream);
    this.#columns.push(stream, record);
    if (this.#columns.count >= BATCH_ROWS) this.flush(watermarkTs);
  }

  /** Sends what is waiting; `watermarkTs` is the event time up to which every row is out. */
  flush(watermarkTs: number): void {
    if (this.#columns.count === 0) return;
    const rows = this.#columns.take();
    const { stream, ts, seq } = rows;
    this.#host.send("batch", { rows, watermarkTs }, [stream.buffer, ts.buffer, seq.buffer]);
  }
}
