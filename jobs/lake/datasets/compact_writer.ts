import { join } from "node:path";
import { FrameBatch, type GridFrame, type Layout } from "../../../engine/frames/contract.ts";
import type { InstrumentConfig, PressureEngine } from "../../../engine/pressure/mod.ts";
import { type FileFacts, fileSha256, STAMP_KEY } from "../parquet/mod.ts";
import { BinHash } from "./bin_hash.ts";
import { BinsFile } from "./bins_file.ts";
import { writeFailure } from "./dataset_error.ts";
import { DATASET_FILES, partialName } from "./file_names.ts";
import { RowsFile } from "./rows_file.ts";
import { TouchedFile } from "./touched_file.ts";

/** Every so manieth bin is kept as it is: what is restored is held against it. */
export const KEY_EVERY_BINS = 100;

/** Kept bins of a row group. */
const KEYS_PER_GROUP = 36;

/** What is written and where. */
export interface CompactWriterOptions {
  /** Folder that exists. */
  readonly folder: string;
  /** Layout of the bins, one that `gridLayout` makes. */
  readonly layout: Layout;
  readonly instrument: Pick<InstrumentConfig, "n_absolute_ticks" | "pressure_model">;
  /** The engine behind the bins, as it is when one is closed. */
  readonly engine: () => PressureEngine;
  /** What kind of data it is and from where, as the files say of themselves. */
  readonly stamp: string;
  /** Market file to hash. */
  readonly input: string;
}

/** What a data set in compact form came to. */
export interface CompactFacts {
  readonly bins: FileFacts;
  readonly keys: FileFacts;
  readonly touched: FileFacts;
  /** Of every value of every bin, see {@link BinHash}; hex digits. */
  readonly valuesSha256: string;
  /** Epoch ns; null without bins. */
  readonly firstBinNs: bigint | null;
  readonly lastBinNs: bigint | null;
  /** Hex digits. */
  readonly inputSha256: string;
}

/**
 * Writes bins in compact form, in the engine's thread: there is little to write. The first bin that it
 * is given must be the first that the engine's pipeline closes.
 */
export class CompactWriter {
  readonly #options: CompactWriterOptions;
  readonly #bins: BinsFile;
  readonly #keys: RowsFile;
  readonly #touched: TouchedFile;
  readonly #hash: BinHash;
  #batch: FrameBatch;
  #count = 0;
  /** Whether the newest bin is among the keys. */
  #isKept = false;

  /** @throws {Deno.errors} When the files cannot be made. */
  constructor(options: CompactWriterOptions) {
    const { folder, layout, instrument, stamp } = options;
    this.#options = options;
    this.#hash = new BinHash(layout);
    this.#batch = new FrameBatch(layout, KEYS_PER_GROUP);
    const told = { [STAMP_KEY]: stamp };
    const at = (name: string) => join(folder, partialName(name));
    this.#bins = new BinsFile(at(DATASET_FILES.BINS), told);
    this.#keys = new RowsFile(at(DATASET_FILES.KEYS), layout, told);
    this.#touched = new TouchedFile(at(DATASET_FILES.TOUCHED), told, instrument);
  }

  /** Bins taken. */
  get bins(): number {
    return this.#count;
  }

  /**
   * Takes the bin that the engine has just closed.
   *
   * @throws {DatasetError} When the disk does not take it.
   */
  add(frame: GridFrame): void {
    this.#guarded(() => {
      this.#touched.take(this.#options.engine(), frame.binEndNs, frame.binSeq);
      this.#hash.add(frame);
      this.#bins.add(this.#hash.batch.header(), 1);
      this.#isKept = this.#count++ % KEY_EVERY_BINS === 0;
      if (this.#isKept) this.#keep();
    });
  }

  /** Resolves at once: nothing is under way. */
  ready(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Writes what is left and ends the files, which keep their partial names. The last bin is kept too.
   *
   * @throws {DatasetError} When writing failed.
   */
  finish(): Promise<CompactFacts> {
    return Promise.resolve(this.#guarded(() => {
      if (this.#count > 0 && !this.#isKept) this.#keep();
      this.#writeKeys();
      const { firstBinNs, lastBinNs } = this.#bins;
      return {
        bins: this.#bins.finish(),
        keys: this.#keys.finish(),
        touched: this.#touched.finish(),
        valuesSha256: this.#hash.digest(),
        firstBinNs,
        lastBinNs,
        inputSha256: fileSha256(this.#options.input),
      };
    }));
  }

  /** Closes the files as they are. */
  abort(): Promise<void> {
    for (const file of [this.#bins, this.#keys, this.#touched]) file.close();
    return Promise.resolve();
  }

  #keep(): void {
    const { batch } = this.#hash;
    const [header, columns] = [batch.header(), batch.columns()];
    this.#batch.add({ layout: this.#options.layout.name, header, columns, valid: [] });
    if (this.#batch.full) this.#writeKeys();
  }

  #writeKeys(): void {
    if (this.#batch.count === 0) return;
    this.#keys.write(this.#batch);
    this.#batch.count = 0;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw writeFailure(this.#options.folder, error);
    }
  }
}
