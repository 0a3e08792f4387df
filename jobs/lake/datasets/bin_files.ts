import { join } from "node:path";
import {
  arrayAs,
  BIN,
  BIN_HEADER_COLUMNS,
  COLUMN_TYPES,
  type ColumnArray,
  type FrameBatch,
  type Layout,
  placeOf,
} from "../../../engine/frames/contract.ts";
import { chunkOf, type FileFacts, ParquetFile, repeatedChunk, STAMP_KEY } from "../parquet/mod.ts";
import { BINS_LAYOUT, bucketsLayout, rowColumns } from "./columns.ts";

/** Bins of a row group of `bins.parquet`. */
const BINS_PER_GROUP = 20_000;

/** Names of the two files while they are written. */
export const PARTIAL = {
  BINS: "bins.parquet.partial",
  BUCKETS: "buckets.parquet.partial",
} as const;

/** What the two files came to. */
export interface BinFileFacts {
  readonly bins: FileFacts;
  readonly buckets: FileFacts;
  /** End of the first and the last bin, epoch ns; null without bins. */
  readonly firstBinNs: bigint | null;
  readonly lastBinNs: bigint | null;
}

/** Where bins go and what they look like. */
export interface BinFilesOptions {
  readonly folder: string;
  /** Layout of the bins, one that `gridLayout` makes. */
  readonly layout: Layout;
  /** What kind of data it is and from where, or null. */
  readonly stamp: string | null;
}

/** `bins.parquet` and `buckets.parquet` of one folder, batch by batch. */
export class BinFiles {
  readonly #bins: ParquetFile;
  readonly #buckets: ParquetFile;
  /** Columns of a row in the file's order, and where they stand in a batch. */
  readonly #rowColumns: ReturnType<typeof rowColumns>;
  readonly #places: readonly number[];
  /** Headers of the bins that wait for their row group. */
  readonly #held: readonly ColumnArray[];
  #heldCount = 0;
  #first: bigint | null = null;
  #last: bigint | null = null;

  /** @throws {Deno.errors} When the files cannot be made. */
  constructor({ folder, layout, stamp }: BinFilesOptions) {
    const told = stamp === null ? {} : { [STAMP_KEY]: stamp };
    this.#bins = new ParquetFile(join(folder, PARTIAL.BINS), BINS_LAYOUT.columns, told);
    this.#buckets = new ParquetFile(
      join(folder, PARTIAL.BUCKETS),
      bucketsLayout(layout).columns,
      told,
    );
    this.#rowColumns = rowColumns(layout);
    this.#places = this.#rowColumns.map(({ name }) => placeOf(layout.columns, name));
    this.#held = BIN_HEADER_COLUMNS.map(({ type }) => COLUMN_TYPES[type].array(BINS_PER_GROUP));
  }

  /** Bytes written to both files so far. */
  get bytes(): number {
    return this.#bins.bytes + this.#buckets.bytes;
  }

  /** Writes a batch as one row group of the buckets, and keeps its bins for theirs. */
  write(batch: FrameBatch): void {
    if (batch.count === 0) return;
    const header = batch.header();
    const ends = arrayAs(BigInt64Array, header[BIN.BIN_END_NS], "bin_end_ns");
    this.#first ??= ends[0] ?? null;
    this.#last = ends.at(-1) ?? null;
    const columns = batch.columns();
    this.#buckets.writeGroup([
      ...BIN_HEADER_COLUMNS.map((column, i) => repeatedChunk(column, header[i]!, batch.rows)),
      ...this.#rowColumns.map((column, i) => chunkOf(column, columns[this.#places[i]!]!, null)),
    ]);
    if (this.#heldCount + batch.count > BINS_PER_GROUP) this.#writeBins();
    this.#held.forEach((into, i) => hold(into, header[i]!, this.#heldCount));
    this.#heldCount += batch.count;
  }

  /** Ends both files. */
  finish(): BinFileFacts {
    this.#writeBins();
    return {
      bins: this.#bins.finish(),
      buckets: this.#buckets.finish(),
      firstBinNs: this.#first,
      lastBinNs: this.#last,
    };
  }

  /** Closes both files as they are. */
  close(): void {
    this.#bins.close();
    this.#buckets.close();
  }

  #writeBins(): void {
    const count = this.#heldCount;
    if (count === 0) return;
    this.#bins.writeGroup(
      BIN_HEADER_COLUMNS.map((column, i) => chunkOf(column, this.#held[i]!.slice(0, count), null)),
    );
    this.#heldCount = 0;
  }
}

/** Copies between arrays of one kind, which the layout gives both. */
function hold(into: ColumnArray, from: ColumnArray, at: number): void {
  (into as Float64Array).set(from as Float64Array, at);
}
