import {
  type Column,
  COLUMN_TYPES,
  type ColumnValue,
  LayoutError,
  type StreamName,
} from "../../../engine/frames/mod.ts";
import { GroupReader } from "../parquet/mod.ts";
import { streamLayout } from "./stream_layout.ts";
import { TapeFolderError } from "./tape_folder.ts";

/** Rows that are decoded at a time, where a file's groups are larger. */
const MOST_ROWS = 65_536;

/** Time column of a stream. */
function timeOf(stream: StreamName): string {
  return stream === "smart-money" ? "source_ts" : "ts";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads the rows of a stream's file one after the other, in the order of the file. */
export class StreamCursor {
  readonly stream: StreamName;
  readonly rows: number;
  readonly #path: string;
  readonly #reader: GroupReader;
  readonly #columns: readonly Column[];
  readonly #names: ReadonlyMap<string, number>;
  #arrays: Awaited<ReturnType<GroupReader["read"]>> = { columns: [], valid: [] };
  #from = 0;
  #until = 0;
  #at = 0;
  #ts = -Infinity;

  private constructor(
    stream: StreamName,
    path: string,
    reader: GroupReader,
    columns: readonly Column[],
  ) {
    this.stream = stream;
    this.#path = path;
    this.#reader = reader;
    this.#columns = columns;
    this.#names = new Map(columns.map(({ name }, i) => [name, i]));
    this.rows = reader.rows;
  }

  /**
   * Opens a file at its first row.
   *
   * @param fields Columns that are wanted, besides the time.
   * @param mayLack Of these, those that have no values where the file has no such column.
   * @throws {TapeFolderError} `bad_file` when it is no Parquet file or lacks a column.
   */
  static async open(
    stream: StreamName,
    path: string,
    fields: readonly string[],
    mayLack: ReadonlySet<string>,
  ): Promise<StreamCursor> {
    const reader = await GroupReader.open(path).catch((cause) => {
      throw new TapeFolderError("bad_file", `Cannot read "${path}": ${messageOf(cause)}`, {
        cause,
      });
    });
    const wanted = new Set([timeOf(stream), ...fields]);
    const columns = streamLayout(stream).columns.filter(({ name }) =>
      wanted.has(name) && (reader.types.has(name) || !mayLack.has(name))
    );
    checkTypes(path, reader, columns);
    const cursor = new StreamCursor(stream, path, reader, columns);
    await cursor.load();
    return cursor;
  }

  /** Time of the row that is next, epoch ms; Infinity when there is none. */
  get ts(): number {
    return this.#at < this.#until ? this.#ts : Infinity;
  }

  /** Rows that were passed. */
  get done(): number {
    return this.#at;
  }

  /** Whether the next rows must be loaded before going on. */
  get mustLoad(): boolean {
    return this.#at >= this.#until && this.#at < this.rows;
  }

  /** Decodes the next rows. @throws {TapeFolderError} `bad_file` when they cannot be read. */
  async load(): Promise<void> {
    const group = this.#reader.groups.find(({ to }) => to > this.#at);
    if (group === undefined) return;
    this.#from = this.#at;
    this.#until = Math.min(group.to, this.#from + MOST_ROWS);
    try {
      this.#arrays = await this.#reader.read(this.#columns, { from: this.#from, to: this.#until });
    } catch (cause) {
      const what = cause instanceof LayoutError ? `column ${cause.message}` : messageOf(cause);
      throw new TapeFolderError("bad_file", `Cannot read "${this.#path}": ${what}`, { cause });
    }
    this.#arrive();
  }

  /** Goes on to the next row. @throws {TapeFolderError} `bad_file` when it is earlier. */
  next(): void {
    this.#at++;
    if (this.#at < this.#until) this.#arrive();
  }

  #arrive(): void {
    const ts = this.number(timeOf(this.stream));
    if (ts < this.#ts) {
      throw new TapeFolderError(
        "bad_file",
        `Cannot read "${this.#path}": column ${timeOf(this.stream)} descends in row ${this.#at}`,
      );
    }
    this.#ts = ts;
  }

  #value(name: string): ColumnValue | null {
    const i = this.#names.get(name) ?? -1;
    const column = this.#columns[i];
    const array = this.#arrays.columns[i];
    const row = this.#at - this.#from;
    if (column === undefined || array === undefined) return null;
    if (this.#arrays.valid[i]?.[row] === 0) return null;
    return COLUMN_TYPES[column.type].value(array, row, column.codes);
  }

  /** A number of the row; NaN where there is none. */
  number(name: string): number {
    const value = this.#value(name);
    return value === null ? NaN : Number(value);
  }

  /** A text of the row; empty where there is none. */
  text(name: string): string {
    return String(this.#value(name) ?? "");
  }

  /** A flag of the row. */
  flag(name: string): boolean {
    return this.#value(name) === true;
  }

  /** A JSON value of the row; null where there is none, and when it is no JSON. */
  json(name: string): unknown {
    try {
      const value: unknown = JSON.parse(this.text(name));
      // Text that is not marked as JSON comes as a text of JSON.
      return typeof value === "string" ? JSON.parse(value) : value;
    } catch {
      return null;
    }
  }
}

function checkTypes(path: string, reader: GroupReader, columns: readonly Column[]): void {
  for (const { name, type } of columns) {
    const found = reader.types.get(name);
    const wanted = COLUMN_TYPES[type].parquet;
    if (found === wanted) continue;
    const what = found === undefined ? "is missing" : `is ${found}, not ${wanted}`;
    throw new TapeFolderError("bad_file", `Cannot read "${path}": column "${name}" ${what}`);
  }
}
