import { tableFromIPC } from "apache-arrow";
import { z } from "zod";
import { ENGINE_COLUMNS } from "../../../engine/frames/contract.ts";
import { type BatchShape, BinBatch } from "./bin_batch.ts";
import type { BinFiles } from "./bin_files.ts";

const whole = z.int().min(0);
const big = z.string().regex(/^\d{1,19}$/).transform(BigInt);

/** What of a served bin's header is stored. */
const Header = z.object({
  bin_start_ns: big,
  bin_end_ns: big,
  spot_ref_price_int: big,
  best_bid_price_int: big,
  best_ask_price_int: big,
  bin_seq: whole,
  bin_event_count: whole,
  event_id: whole,
  mid_price: z.number(),
  book_valid: z.boolean(),
});

/** How served bins are turned back. */
export interface EncodedBinsOptions {
  readonly rows: number;
  readonly horizonsMs: readonly number[];
  readonly baseNs: bigint;
  readonly capacity: number;
}

/** Gathers bins in the form in which they go to pages, header text and Arrow, into batches. */
export class EncodedBins {
  readonly #options: EncodedBinsOptions;
  readonly #shape: BatchShape;
  #batch: BinBatch;

  constructor(options: EncodedBinsOptions) {
    this.#options = options;
    const { rows, horizonsMs, capacity } = options;
    this.#shape = { rows, horizons: horizonsMs.length, capacity };
    this.#batch = new BinBatch(this.#shape);
  }

  /**
   * Adds a bin and returns the batch, which is to be written when it is full.
   *
   * @throws {z.ZodError} When the header is none of ours.
   * @throws {RangeError} When the rows have another shape.
   */
  add(header: string, arrow: Uint8Array): BinBatch {
    const head = Header.parse(JSON.parse(header));
    const table = tableFromIPC(arrow);
    const values = (name: string): unknown => {
      const array: unknown = table.getChild(name)?.toArray();
      if (ArrayBuffer.isView(array) && table.numRows === this.#options.rows) return array;
      throw new RangeError(`Cannot store a bin whose column "${name}" has another shape`);
    };
    const doubles = (name: string) => values(name) as Float64Array;
    const { baseNs } = this.#options;
    this.#batch.add({
      binStartNs: Number(head.bin_start_ns - baseNs),
      binEndNs: Number(head.bin_end_ns - baseNs),
      binSeq: head.bin_seq,
      binEventCount: head.bin_event_count,
      eventId: head.event_id,
      midPrice: head.mid_price,
      spotRefPriceInt: Number(head.spot_ref_price_int),
      bestBidPriceInt: Number(head.best_bid_price_int),
      bestAskPriceInt: Number(head.best_ask_price_int),
      bookValid: head.book_valid,
      engine: ENGINE_COLUMNS.map(({ name }) => doubles(name)),
      score: doubles("spectrum_score"),
      state: values("spectrum_state_code") as Int8Array,
      lastEventId: Float64Array.from(values("last_event_id") as BigInt64Array, Number),
      projections: this.#options.horizonsMs.map((ms) => doubles(`proj_score_h${ms}`)),
    });
    return this.#batch;
  }

  /** Writes what was gathered and starts a new batch. */
  flush(files: BinFiles): void {
    files.write(this.#batch);
    this.#batch = new BinBatch(this.#shape, this.#batch.buffer);
  }
}
