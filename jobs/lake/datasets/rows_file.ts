import {
  BIN_HEADER_COLUMNS,
  type FrameBatch,
  type Layout,
  placeOf,
} from "../../../engine/frames/contract.ts";
import { chunkOf, type FileFacts, ParquetFile, repeatedChunk } from "../parquet/mod.ts";
import { bucketsLayout, rowColumns } from "./columns.ts";

/** A file of the rows of bins, each with its bin's header: `buckets.parquet`, or the keys of a compact set. */
export class RowsFile {
  readonly #file: ParquetFile;
  /** Columns of a row in the file's order, and where they stand in a batch. */
  readonly #columns: ReturnType<typeof rowColumns>;
  readonly #places: readonly number[];

  /**
   * @param layout Layout of the bins, one that `gridLayout` makes.
   * @throws {Deno.errors} When the file cannot be made.
   */
  constructor(path: string, layout: Layout, told: Readonly<Record<string, string>>) {
    this.#file = new ParquetFile(path, bucketsLayout(layout).columns, told);
    this.#columns = rowColumns(layout);
    this.#places = this.#columns.map(({ name }) => placeOf(layout.columns, name));
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#file.bytes;
  }

  /** Writes a batch as one row group. */
  write(batch: FrameBatch): void {
    const header = batch.header();
    const columns = batch.columns();
    this.#file.writeGroup([
      ...BIN_HEADER_COLUMNS.map((column, i) => repeatedChunk(column, header[i]!, batch.rows)),
      ...this.#columns.map((column, i) => chunkOf(column, columns[this.#places[i]!]!, null)),
    ]);
  }

  /** Ends the file. */
  finish(): FileFacts {
    return this.#file.finish();
  }

  /** Closes the file as it is. */
  close(): void {
    this.#file.close();
  }
}
