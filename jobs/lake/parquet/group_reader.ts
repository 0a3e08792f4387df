import { zstdDecompressSync } from "node:zlib";
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from "hyparquet";
import {
  type Column,
  COLUMN_TYPES,
  type ColumnArray,
  type ColumnValue,
  type Frame,
  LayoutError,
  setValue,
} from "../../../engine/frames/contract.ts";

/** Rows of a row group, `[from, to)`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A flat Parquet file, read column by column and group by group. */
export class GroupReader {
  readonly rows: number;
  readonly groups: readonly RowRange[];
  /** Physical type of each column, in Parquet's words. */
  readonly types: ReadonlyMap<string, string>;
  readonly #file: AsyncBuffer;
  readonly #footer: FileMetaData;

  private constructor(file: AsyncBuffer, footer: FileMetaData) {
    this.#file = file;
    this.#footer = footer;
    this.rows = Number(footer.num_rows);
    this.types = new Map(footer.schema.slice(1).map(({ name, type }) => [name, type ?? "a group"]));
    let from = 0;
    this.groups = footer.row_groups.map((group) => {
      const to = from + Number(group.num_rows);
      const range = { from, to };
      from = to;
      return range;
    });
  }

  /** @throws {Error} When there is no such file, or it is no Parquet file. */
  static async open(path: string): Promise<GroupReader> {
    const file = await asyncBufferFromFile(path);
    return new GroupReader(file, await parquetMetadataAsync(file));
  }

  /**
   * Some columns of whole row groups, in the order that is asked for.
   *
   * @throws {LayoutError} When the file lacks one, or a value that must be there, or has a text that is
   * none of a column's codes.
   */
  async read(
    columns: readonly Column[],
    { from, to }: RowRange,
  ): Promise<Pick<Frame, "columns" | "valid">> {
    const filled = new Map(columns.map((column) => {
      if (this.types.has(column.name)) return [column.name, new FilledColumn(column, to - from)];
      throw new LayoutError("column", column.name, "a column of the file");
    }));
    await parquetRead({
      file: this.#file,
      metadata: this.#footer,
      columns: [...filled.keys()],
      rowStart: from,
      rowEnd: to,
      compressors: { ZSTD: (input) => zstdDecompressSync(input) },
      onChunk: ({ columnName, columnData, rowStart }) =>
        filled.get(columnName)?.put(columnData, rowStart - from),
    });
    const all = [...filled.values()];
    const bad = columns.find((_, i) => all[i]?.lacksOne);
    if (bad !== undefined) throw new LayoutError("column", bad.name, "there in every row");
    for (const { refused } of all) if (refused !== null) throw refused;
    return { columns: all.map(({ array }) => array), valid: all.map(({ valid }) => valid) };
  }
}

/** A column whose values arrive in pieces, in any order. */
class FilledColumn {
  readonly array: ColumnArray;
  readonly valid: Uint8Array | null;
  readonly #column: Column;
  #lacksOne = false;
  #refused: LayoutError | null = null;

  constructor(column: Column, rows: number) {
    const { type, nullable } = column;
    this.#column = column;
    this.array = COLUMN_TYPES[type].array(rows);
    this.valid = nullable ? new Uint8Array(rows).fill(1) : null;
  }

  /** Whether a value is missing that must be there. A callback of the library must not throw. */
  get lacksOne(): boolean {
    return this.#lacksOne;
  }

  /** The first value that is none that the column may have, as the error that tells so. */
  get refused(): LayoutError | null {
    return this.#refused;
  }

  put(values: ArrayLike<unknown>, at: number): void {
    const { array } = this;
    if (array instanceof Float64Array && values instanceof Float64Array) {
      array.set(values, at);
      return;
    }
    for (let i = 0; i < values.length; i++) this.#putOne(at + i, values[i]);
  }

  #putOne(row: number, value: unknown): void {
    const { type } = this.#column;
    if (value === null || value === undefined) {
      // The library reads the JSON text "null" as none.
      if (type === "json" && this.valid === null) this.#set(row, "null");
      else if (this.valid === null) this.#lacksOne = true;
      else this.valid[row] = 0;
    } else if (type === "json") {
      this.#set(row, JSON.stringify(value));
    } else {
      this.#set(row, value as ColumnValue);
    }
  }

  #set(row: number, value: ColumnValue): void {
    try {
      setValue(this.#column, this.array, row, value);
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      this.#refused ??= error;
    }
  }
}
