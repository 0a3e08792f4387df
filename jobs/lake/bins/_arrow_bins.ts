import {
  ArrowFile,
  type ColumnArray,
  type Frame,
  type Layout,
  newFrame,
  rowsOf,
} from "../../../engine/frames/mod.ts";
import type { BinFormat } from "./bin_format.ts";

/** An Arrow IPC file with one record batch per bin; header fields are columns of equal values. */
export class ArrowBins implements BinFormat {
  readonly #file: ArrowFile;
  readonly #header: Frame;

  constructor(layout: Layout, write: (bytes: Uint8Array) => void) {
    this.#file = new ArrowFile([...layout.header, ...layout.columns], write);
    this.#header = newFrame({ ...layout, header: [], columns: layout.header });
  }

  write(bin: Frame): void {
    const repeated = this.#header.columns;
    repeated.forEach((array, i) => repeat(array, bin.header[i]!));
    this.#file.batch(
      [...repeated, ...bin.columns],
      [...this.#header.valid, ...bin.valid],
      rowsOf(bin),
    );
  }

  end(): void {
    this.#file.end();
  }
}

/** Fills an array with the one value of another of its kind. */
function repeat(array: ColumnArray, value: ColumnArray): void {
  (array as Float64Array).fill((value as Float64Array)[0]!);
}
