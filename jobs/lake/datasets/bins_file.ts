import {
  arrayAs,
  BIN,
  BIN_HEADER_COLUMNS,
  COLUMN_TYPES,
  type ColumnArray,
} from "../../../engine/frames/contract.ts";
import { chunkOf, type FileFacts, ParquetFile } from "../parquet/mod.ts";
import { BINS_LAYOUT } from "./columns.ts";

/** Bins of a row group of `bins.parquet`. */
const BINS_PER_GROUP = 20_000;

/** `bins.parquet`: the headers of bins. */
export class BinsFile {
  readonly #file: ParquetFile;
  /** Headers of the bins that wait for their row group. */
  readonly #held: readonly ColumnArray[];
  #heldCount = 0;
  #first: bigint | null = null;
  #last: bigint | null = null;

  /** @throws {Deno.errors} When the file cannot be made. */
  constructor(path: string, told: Readonly<Record<string, string>>) {
    this.#file = new ParquetFile(path, BINS_LAYOUT.columns, told);
    this.#held = BIN_HEADER_COLUMNS.map(({ type }) => COLUMN_TYPES[type].array(BINS_PER_GROUP));
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#file.bytes;
  }

  /** End of the first bin, epoch ns; null without bins. */
  get firstBinNs(): bigint | null {
    return this.#first;
  }

  /** End of the last bin, epoch ns; null without bins. */
  get lastBinNs(): bigint | null {
    return this.#last;
  }

  /** Takes the columns of so many headers, 1 to 1,000. */
  add(header: readonly ColumnArray[], count: number): void {
    const ends = arrayAs(BigInt64Array, header[BIN.BIN_END_NS], "bin_end_ns");
    this.#first ??= ends[0] ?? null;
    this.#last = ends.at(-1) ?? null;
    if (this.#heldCount + count > BINS_PER_GROUP) this.#write();
    this.#held.forEach((into, i) => hold(into, header[i]!, this.#heldCount));
    this.#heldCount += count;
  }

  /** Ends the file. */
  finish(): FileFacts {
    this.#write();
    return this.#file.finish();
  }

  /** Closes the file as it is. */
  close(): void {
    this.#file.close();
  }

  #write(): void {
    const count = this.#heldCount;
    if (count === 0) return;
    this.#file.writeGroup(
      BIN_HEADER_COLUMNS.map((column, i) => chunkOf(column, this.#held[i]!.slice(0, count), null)),
    );
    this.#heldCount = 0;
  }
}

/** Copies between arrays of one kind, which the layout gives both. */
function hold(into: ColumnArray, from: ColumnArray, at: number): void {
  (into as Float64Array).set(from as Float64Array, at);
}
