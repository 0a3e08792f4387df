import { ArrowBins } from "./_arrow_bins.ts";
import { BinFile } from "../../kit/mod.ts";
import type { BinLayout, BinTable } from "./bin_table.ts";
import { JsonBins } from "./_json_bins.ts";

/** Turns bins into the bytes of a file. */
export interface BinFormat {
  /** Writes one bin; nothing of it is kept. */
  write(bin: BinTable): void;
  /** Writes what ends the file. */
  end(): void;
}

/** Writes bins to a file that appears when it is whole: Arrow IPC or JSON lines, by its name. */
export class BinWriter {
  readonly #file: BinFile;
  readonly #format: BinFormat;

  /**
   * @param path Ends in `.arrow` or `.jsonl`.
   * @throws {RangeError} When the file cannot be made.
   */
  constructor(path: string, layout: BinLayout) {
    this.#file = new BinFile(path);
    const write = (bytes: Uint8Array) => this.#file.write(bytes);
    this.#format = path.endsWith(".arrow")
      ? new ArrowBins(layout, write)
      : new JsonBins(layout, write);
  }

  write(bin: BinTable): void {
    this.#format.write(bin);
  }

  /** Ends the file and puts it in place. */
  commit(): void {
    this.#format.end();
    this.#file.commit();
  }

  /** Removes what was written. */
  abort(): void {
    this.#file.abort();
  }
}
