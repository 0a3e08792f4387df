import { z } from "zod";
import {
  ArrowDecoder,
  type Column,
  type ColumnType,
  type ColumnValue,
  FrameBatch,
  type Layout,
  newFrame,
  putValue,
} from "../../../engine/frames/mod.ts";
import type { BinFiles } from "./bin_files.ts";

/** A header's field as it travels in JSON. */
const FIELDS: Readonly<Partial<Record<ColumnType, z.ZodType<ColumnValue>>>> = {
  i53: z.int().min(0),
  i64: z.string().regex(/^\d{1,19}$/).transform(BigInt),
  f64: z.number(),
  bool: z.boolean(),
};

function headerSchema(columns: readonly Column[]): z.ZodType<Record<string, ColumnValue>> {
  return z.object(
    Object.fromEntries(columns.map(({ name, type }) => [name, FIELDS[type] ?? z.never()])),
  );
}

/** What served bins look like. */
export interface EncodedBinsOptions {
  readonly layout: Layout;
  /** Bins of a batch. */
  readonly capacity: number;
}

/** Gathers bins in the form in which they go to pages, header text and Arrow, into batches. */
export class EncodedBins {
  readonly #layout: Layout;
  readonly #header: ReturnType<typeof headerSchema>;
  readonly #decoder: ArrowDecoder;
  /** Values of the header that is being taken. */
  readonly #values: ReturnType<typeof newFrame>["header"];
  #batch: FrameBatch;

  constructor({ layout, capacity }: EncodedBinsOptions) {
    this.#layout = layout;
    this.#header = headerSchema(layout.header);
    this.#decoder = new ArrowDecoder(layout);
    this.#values = newFrame(layout).header;
    this.#batch = new FrameBatch(layout, capacity);
  }

  /**
   * Adds a bin and returns the batch, which is to be written when it is full.
   *
   * @throws {z.ZodError} When the header is none of ours.
   * @throws {LayoutError} When the rows have another shape.
   */
  add(header: string, arrow: Uint8Array): FrameBatch {
    const fields = this.#header.parse(JSON.parse(header));
    this.#layout.header.forEach(({ name }, i) => putValue(this.#values[i]!, 0, fields[name] ?? 0));
    const rows = this.#decoder.decode(arrow);
    this.#batch.add({ layout: this.#layout.name, header: this.#values, ...rows });
    return this.#batch;
  }

  /** Writes what was gathered and starts a new batch. */
  flush(files: BinFiles): void {
    files.write(this.#batch);
    const { capacity, buffer } = this.#batch;
    this.#batch = new FrameBatch(this.#layout, capacity, buffer);
  }
}
