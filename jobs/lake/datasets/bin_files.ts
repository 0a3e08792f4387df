import { join } from "node:path";
import type { FrameBatch, Layout } from "../../../engine/frames/contract.ts";
import { type FileFacts, STAMP_KEY } from "../parquet/mod.ts";
import { BinsFile } from "./bins_file.ts";
import { DATASET_FILES, partialName } from "./file_names.ts";
import { RowsFile } from "./rows_file.ts";

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
  readonly #bins: BinsFile;
  readonly #buckets: RowsFile;

  /** @throws {Deno.errors} When the files cannot be made. */
  constructor({ folder, layout, stamp }: BinFilesOptions) {
    const told = stamp === null ? {} : { [STAMP_KEY]: stamp };
    const at = (name: string) => join(folder, partialName(name));
    this.#bins = new BinsFile(at(DATASET_FILES.BINS), told);
    this.#buckets = new RowsFile(at(DATASET_FILES.BUCKETS), layout, told);
  }

  /** Bytes written to both files so far. */
  get bytes(): number {
    return this.#bins.bytes + this.#buckets.bytes;
  }

  /** Writes a batch as one row group of the buckets, and keeps its bins for theirs. */
  write(batch: FrameBatch): void {
    if (batch.count === 0) return;
    this.#buckets.write(batch);
    this.#bins.add(batch.header(), batch.count);
  }

  /** Ends both files. */
  finish(): BinFileFacts {
    const { firstBinNs, lastBinNs } = this.#bins;
    return { bins: this.#bins.finish(), buckets: this.#buckets.finish(), firstBinNs, lastBinNs };
  }

  /** Closes both files as they are. */
  close(): void {
    this.#bins.close();
    this.#buckets.close();
  }
}
