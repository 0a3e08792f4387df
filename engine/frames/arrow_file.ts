import { ArrowColumns } from "./arrow_columns.ts";
import { batchMessage, END_OF_STREAM, fileFooter, joined } from "./arrow_writer.ts";
import type { ColumnArray } from "./column_types.ts";
import type { Column } from "./layout.ts";

const MAGIC = new TextEncoder().encode("ARROW1");

/** Writes an Arrow IPC file, one record batch after another. */
export class ArrowFile {
  readonly #columns: readonly Column[];
  readonly #buffers: ArrowColumns;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #blocks: (readonly [number, number, number])[] = [];
  #bytes = 0;

  /** @param write Is given what the file has next; the bytes are its own. */
  constructor(columns: readonly Column[], write: (bytes: Uint8Array) => void) {
    this.#columns = columns;
    this.#buffers = new ArrowColumns(columns);
    this.#write = write;
    this.#append(joined([MAGIC]));
  }

  /** Writes columns of one length. They are read during the call and not kept. */
  batch(
    arrays: readonly ColumnArray[],
    valid: readonly (Uint8Array | null)[],
    rows: number,
  ): void {
    const [metadata, ...body] = batchMessage(rows, this.#buffers.buffers(arrays, valid, rows));
    const bytes = joined([metadata, ...body]);
    this.#blocks.push([this.#bytes, metadata.length, bytes.length - metadata.length]);
    this.#append(bytes);
  }

  /** Writes what ends the file. */
  end(): void {
    const footer = fileFooter(this.#columns, this.#blocks);
    this.#append(END_OF_STREAM);
    this.#append(footer);
    this.#append(new Uint8Array(Int32Array.of(footer.length).buffer));
    this.#append(MAGIC);
  }

  #append(bytes: Uint8Array): void {
    this.#write(bytes);
    this.#bytes += bytes.length;
  }
}
