import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { compareAt, contractOf, type Cursor, timeOf, underlyingOf } from "./cursor.ts";

/** What filters ask of a row; the record is looked at only when one needs it. */
export interface Candidate {
  /** Symbol, or "" when the row names none. */
  readonly underlying: string;
  /** Option contract, or "" when the row names none. */
  readonly contract: string;
  readonly record: unknown;
}

/**
 * One record as it is stored and sent: its text, made once by whoever made the record, and its position.
 * The record itself is parsed only when somebody asks.
 */
export class StoredRow<S extends StreamName = StreamName> implements Cursor, Candidate {
  readonly stream: S;
  readonly ts: number;
  readonly seq: number;
  /** The record as JSON text, without a line feed. */
  readonly json: string;
  #record: StreamRecords[S] | undefined;
  #underlying: string | undefined;
  #contract: string | undefined;

  /** @param facts Symbol and contract, when they are known without the record. */
  constructor(
    stream: S,
    ts: number,
    seq: number,
    json: string,
    facts?: Pick<Candidate, "underlying" | "contract">,
  ) {
    this.stream = stream;
    this.ts = ts;
    this.seq = seq;
    this.json = json;
    this.#underlying = facts?.underlying;
    this.#contract = facts?.contract;
  }

  /** The row of a record; its text is made here. */
  static of<S extends StreamName>(stream: S, record: StreamRecords[S]): StoredRow<S> {
    return new StoredRow(stream, timeOf(record), record.seq, JSON.stringify(record));
  }

  /** The record; of the stream's type, as it was made. */
  get record(): StreamRecords[S] {
    return this.#record ??= JSON.parse(this.json) as StreamRecords[S];
  }

  get underlying(): string {
    return this.#underlying ??= underlyingOf(this.record);
  }

  get contract(): string {
    return this.#contract ??= contractOf(this.record);
  }
}

/** Negative, zero or positive as row `a` lies before, at or after row `b` of its stream. */
export function compareStored(a: Cursor, b: Cursor): number {
  return compareAt(a.ts, a.seq, b.ts, b.seq);
}

/** Records of many streams, as tests and tools write them down. */
export type TapeBatch = { readonly [S in StreamName]?: readonly StreamRecords[S][] };

/** The rows of a batch. */
export function storedRows(batch: TapeBatch): StoredRow[] {
  return Object.entries(batch).flatMap(([stream, records]) =>
    records.map((record) => StoredRow.of(stream as StreamName, record))
  );
}
