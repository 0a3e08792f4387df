import { createHash, type Hash } from "node:crypto";
import {
  FrameBatch,
  type GridFrame,
  GridView,
  type Layout,
} from "../../../engine/frames/contract.ts";

/** SHA-256 over every value of bins in their order, header and columns as a batch of one bin lays them out. */
export class BinHash {
  /** The newest bin alone. */
  readonly batch: FrameBatch;
  readonly #view: GridView;
  readonly #hash: Hash = createHash("sha256");
  readonly #bytes: Uint8Array;

  /** @param layout Layout of the bins, one that `gridLayout` makes. */
  constructor(layout: Layout) {
    this.batch = new FrameBatch(layout, 1);
    this.#view = new GridView(layout);
    this.#bytes = new Uint8Array(this.batch.buffer);
  }

  /** Takes the next bin; what it needs of the frame is copied. */
  add(frame: GridFrame): void {
    this.batch.count = 0;
    this.batch.add(this.#view.of(frame));
    this.#hash.update(this.#bytes);
  }

  /** Hex digits; nothing can be added any more. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}
