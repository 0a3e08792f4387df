import { Table, tableToIPC } from "apache-arrow";
import { ArrowBatches } from "./arrow_batches.ts";
import { type Frame, rowsOf } from "./frame.ts";
import type { Layout } from "./layout.ts";

/**
 * Turns frames of a layout into self-contained Arrow IPC streams of their columns: schema message, one
 * record batch, end-of-stream. The header is not in them.
 */
export class ArrowEncoder {
  readonly #batches: ArrowBatches;

  constructor(layout: Layout) {
    this.#batches = new ArrowBatches(layout.columns);
  }

  /** Bytes of one frame. The frame's arrays are read during the call and not kept. */
  encode(frame: Pick<Frame, "columns" | "valid">): Uint8Array<ArrayBuffer> {
    const batch = this.#batches.batch(frame.columns, frame.valid, rowsOf(frame));
    return tableToIPC(new Table([batch]), "stream") as Uint8Array<ArrayBuffer>;
  }
}
