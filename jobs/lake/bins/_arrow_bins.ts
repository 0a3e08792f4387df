import { AsyncByteQueue, RecordBatchFileWriter } from "apache-arrow";
import {
  ArrowBatches,
  type ColumnArray,
  type Frame,
  type Layout,
  newFrame,
  rowsOf,
} from "../../../engine/frames/mod.ts";
import type { BinFormat } from "./bin_format.ts";

/** Hands what the Arrow writer makes to a function at once instead of queueing it. */
class ByteSink extends AsyncByteQueue {
  readonly #write: (bytes: Uint8Array) => void;

  constructor(write: (bytes: Uint8Array) => void) {
    super();
    this.#write = write;
  }

  override write(value: ArrayBufferLike | ArrayBufferView): void {
    this.#write(
      ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value),
    );
  }
}

/** An Arrow IPC file with one record batch per bin; header fields are columns of equal values. */
export class ArrowBins implements BinFormat {
  readonly #batches: ArrowBatches;
  readonly #header: Frame;
  readonly #writer = new RecordBatchFileWriter();

  constructor(layout: Layout, write: (bytes: Uint8Array) => void) {
    this.#batches = new ArrowBatches([...layout.header, ...layout.columns]);
    this.#header = newFrame({ ...layout, header: [], columns: layout.header });
    this.#writer.reset(new ByteSink(write), this.#batches.schema);
  }

  write(bin: Frame): void {
    const repeated = this.#header.columns;
    repeated.forEach((array, i) => repeat(array, bin.header[i]!));
    this.#writer.write(
      this.#batches.batch(
        [...repeated, ...bin.columns],
        [...this.#header.valid, ...bin.valid],
        rowsOf(bin),
      ),
    );
  }

  end(): void {
    this.#writer.finish();
  }
}

/** Fills an array with the one value of another of its kind. */
function repeat(array: ColumnArray, value: ColumnArray): void {
  (array as Float64Array).fill((value as Float64Array)[0]!);
}
