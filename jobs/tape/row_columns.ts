import type { StreamName, StreamRecords } from "../../engine/frames/mod.ts";
import {
  contractOf,
  StoredRow,
  STREAMS,
  type Streams,
  timeOf,
  underlyingOf,
} from "../../modules/tape/mod.ts";

/**
 * Rows in the form in which they cross threads. Columns and one text copy in a fifth of the time that
 * a list of records takes.
 */
export interface RowColumns {
  readonly count: number;
  /** Number of the row's stream in the registry. */
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
  readonly #streams: Streams;
  #stream: number[] = [];
  #ts: number[] = [];
  #seq: number[] = [];
  #underlying: string[] = [];
  #contract: string[] = [];
  #lines: string[] = [];

  /** @param streams Streams that records are of; the reader of the columns must know the same. */
  constructor(streams: Streams = STREAMS) {
    this.#streams = streams;
  }

  /** Rows waiting. */
  get count(): number {
    return this.#lines.length;
  }

  /** Appends one record; its text is made here, once, for the store, the sockets and the history. */
  push<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    this.#stream.push(this.#streams.indexOf(stream));
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
      stream: Uint8Array.from(this.#stream),
      ts: Float64Array.from(this.#ts),
      seq: Float64Array.from(this.#seq),
      underlying: this.#underlying,
      contract: this.#contract,
      text: this.#lines.join("\n"),
    };
    this.#stream = [];
    this.#ts = [];
    this.#seq = [];
    this.#underlying = [];
    this.#contract = [];
    this.#lines = [];
    return columns;
  }
}

/**
 * A text that holds on to no other. A part of a split text keeps the whole alive: one alert would hold its
 * batch in memory for as long as the store's window keeps the alert.
 */
function ownText(part: string): string {
  return ` ${part}`.slice(1);
}

/** The rows that came across. @throws {RangeError} When a row's stream is unknown. */
export function rowsOf(columns: RowColumns, streams: Streams = STREAMS): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  if (columns.count === 0) return rows;
  const lines = columns.text.split("\n");
  for (let i = 0; i < columns.count; i++) {
    const stream = streams.names[columns.stream[i] ?? -1];
    if (stream === undefined) throw new RangeError(`Cannot read row ${i} as its stream is unknown`);
    const facts = { underlying: columns.underlying[i] ?? "", contract: columns.contract[i] ?? "" };
    const text = ownText(lines[i] ?? "null");
    rows.push(new StoredRow(stream, columns.ts[i] ?? 0, columns.seq[i] ?? 0, text, facts));
  }
  return rows;
}
