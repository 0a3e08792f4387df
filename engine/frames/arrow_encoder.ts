import { ArrowColumns } from "./arrow_columns.ts";
import { batchMessage, END_OF_STREAM, joined, schemaMessage } from "./arrow_writer.ts";
import { type Frame, rowsOf } from "./frame.ts";
import type { Layout } from "./layout.ts";

/**
 * Turns frames of a layout into self-contained Arrow IPC streams of their columns: schema message, one
 * record batch, end-of-stream. The header is not in them.
 */
export class ArrowEncoder {
  /** The message that says what the columns are, with which the bytes of every frame begin. */
  readonly schema: Uint8Array<ArrayBuffer>;
  readonly #columns: ArrowColumns;

  constructor(layout: Layout) {
    this.schema = joined([schemaMessage(layout.columns)]);
    this.#columns = new ArrowColumns(layout.columns);
  }

  /** Bytes of one frame. The frame's arrays are read during the call and not kept. */
  encode(frame: Pick<Frame, "columns" | "valid">): Uint8Array<ArrayBuffer> {
    const rows = rowsOf(frame);
    const columns = this.#columns.buffers(frame.columns, frame.valid, rows);
    return joined([this.schema, ...batchMessage(rows, columns), END_OF_STREAM]);
  }
}
