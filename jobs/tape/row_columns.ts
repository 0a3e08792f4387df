import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import { contractOf, timeOf, underlyingOf } from "../../modules/tape/worker.ts";

/**
 * Rows in the form in which they cross threads. Columns and one text copy in a fifth of the time that
 * a list of records takes.
 */
export interface RowColumns {
  readonly count: number;
  /** Streams that there are rows of. */
  readonly names: readonly StreamName[];
  /** Place of the row's stream among them. */
  readonly stream: Uint8Array<ArrayBuffer>;
  readonly ts: Float64Array<ArrayBuffer>;
  readonly seq: Float64Array<ArrayBuffer>;
  readonly underlying: readonly string[];
  readonly contract: readonly string[];
  /** The records' texts, one a line: JSON text holds no line feed. */
  readonly text: string;
}

/** Collects records and hands them out as columns. */
export class ColumnWriter {
  #names: StreamName[] = [];
  #stream: number[] = [];
  #ts: number[] = [];
  #seq: number[] = [];
  #underlying: string[] = [];
  #contract: string[] = [];
  #lines: string[] = [];

  /** Rows waiting. */
  get count(): number {
    return this.#lines.length;
  }

  /** Appends one record; its text is made here, once, for the store, the sockets and the history. */
  push<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    const known = this.#names.indexOf(stream);
    this.#stream.push(known < 0 ? this.#names.push(stream) - 1 : known);
    this.#ts.push(timeOf(record));
    this.#seq.push(record.seq);
    this.#underlying.push(underlyingOf(record));
    this.#contract.push(contractOf(record));
    this.#lines.push(JSON.stringify(record));
  }

  /** The rows since the last call. */
  take(): RowColumns {
    const columns: RowColumns = {
      count: this.#lines.length,
      names: this.#names,
      stream: Uint8Array.from(this.#stream),
      ts: Float64Array.from(this.#ts),
      seq: Float64Array.from(this.#seq),
      underlying: this.#underlying,
      contract: this.#contract,
      text: this.#lines.join("\n"),
    };
    this.#names = [];
    this.#stream = [];
    this.#ts = [];
    this.#seq = [];
    this.#underlying = [];
    this.#contract = [];
    this.#lines = [];
    return columns;
  }
}
