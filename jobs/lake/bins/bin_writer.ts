import type { Frame, Layout } from "../../../engine/frames/mod.ts";
import { ArrowBins } from "./_arrow_bins.ts";
import type { BinFormat } from "./bin_format.ts";
import { BinFile } from "../../kit/mod.ts";
import { JsonBins } from "./_json_bins.ts";

/** Writes bins to a file that appears when it is whole: Arrow IPC or JSON lines, by its name. */
export class BinWriter {
  readonly #file: BinFile;
  readonly #format: BinFormat;

  /**
   * @param path Ends in `.arrow` or `.jsonl`.
   * @throws {RangeError} When the file cannot be made.
   */
  constructor(path: string, layout: Layout) {
    this.#file = new BinFile(path);
    const write = (bytes: Uint8Array) => this.#file.write(bytes);
    this.#format = path.endsWith(".arrow")
      ? new ArrowBins(layout, write)
      : new JsonBins(layout, write);
  }

  write(bin: Frame): void {
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
